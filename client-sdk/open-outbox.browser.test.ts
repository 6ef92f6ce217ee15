import { expect, test } from "vitest";
import { newRow } from "./contract/outbox.contract.ts";
import { browserMemory } from "./device-memory.ts";
import { browserKeeping } from "./open-outbox.ts";
import { systemClock, systemWorld } from "./system-world.ts";

const freshName = () => `keeping-${crypto.randomUUID()}`;

test("a page keeps its rows on the device", async () => {
  const name = freshName();
  const { outbox, tabs } = await browserKeeping(name, systemClock);
  expect(outbox.isPersistent).toBe(true);
  await outbox.add(newRow("kept"));
  outbox.close();
  tabs.close();
  const again = await browserKeeping(name, systemClock);
  expect(await again.outbox.rows()).toHaveLength(1);
  await again.outbox.destroy();
  again.tabs.close();
});

test.each([
  [
    "refuses",
    () => {
      throw new DOMException("blocked", "SecurityError");
    },
  ],
  ["does not answer", () => ({ addEventListener: () => undefined, removeEventListener: () => undefined })],
])("where IndexedDB %s, rows live in this page, and it is known", async (_what, open) => {
  const original = IDBFactory.prototype.open;
  IDBFactory.prototype.open = open as unknown as typeof original; // stands for what browsers do in private windows
  try {
    const soon = { ...systemClock, after: (_ms: number, call: () => void) => systemClock.after(10, call) };
    const { outbox } = await browserKeeping(freshName(), soon);
    expect(outbox.isPersistent).toBe(false);
  } finally {
    IDBFactory.prototype.open = original;
  }
});

test("a device is remembered over pages, forgotten on demand, and rubbish is nobody", () => {
  const key = crypto.randomUUID();
  const memory = browserMemory(key);
  expect([memory.isBlocked, memory.recall()]).toEqual([false, undefined]);
  memory.remember({ deviceId: "d", token: "t" });
  expect(browserMemory(key).recall()).toEqual({ deviceId: "d", token: "t" });
  localStorage.setItem(`roomdesk:${key}`, '{"deviceId":1');
  expect(memory.recall()).toBeUndefined();
  memory.forget();
  expect(Object.keys(localStorage).filter((name) => name.includes(key))).toEqual([]);
});

test("where localStorage is blocked a device is remembered for this page", () => {
  const setItem = Storage.prototype.setItem;
  Storage.prototype.setItem = () => {
    throw new DOMException("blocked", "SecurityError");
  };
  try {
    const memory = browserMemory("key");
    memory.remember({ deviceId: "d", token: "t" });
    expect([memory.isBlocked, memory.recall()]).toEqual([true, { deviceId: "d", token: "t" }]);
  } finally {
    Storage.prototype.setItem = setItem;
  }
});

test("ids are uuids also where crypto.randomUUID is missing", () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const { newId } = systemWorld();
  expect(newId()).toMatch(uuid);
  const randomUUID = Object.getOwnPropertyDescriptor(Crypto.prototype, "randomUUID")!;
  Reflect.deleteProperty(Crypto.prototype, "randomUUID");
  try {
    const ids = new Set(Array.from({ length: 100 }, newId));
    expect(ids.size).toBe(100);
    for (const id of ids) expect(id).toMatch(uuid);
  } finally {
    Object.defineProperty(Crypto.prototype, "randomUUID", randomUUID);
  }
});
