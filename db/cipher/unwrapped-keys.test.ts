import { expect, test } from "vitest";
import { UnwrappedKeys } from "./unwrapped-keys.ts";

const key = () => Buffer.alloc(32, 7);

test("a key nobody used for ten minutes is wiped, one in use stays", () => {
  let now = 0;
  const keys = new UnwrappedKeys({ max: 10, forMs: 600_000, now: () => now });
  const [idle, used] = [keys.keep("idle", key(), "a"), keys.keep("used", key(), "b")];
  now = 400_000;
  keys.get("used");
  now = 700_000;
  keys.sweep();
  expect(keys.get("idle")).toBeUndefined();
  expect(idle).toMatchObject({ wiped: true, key: Buffer.alloc(32) });
  expect(keys.get("used")).toBe(used);
  expect(used).toMatchObject({ wiped: false, key: key() });
});

test("the least recently used key makes room for a new one", () => {
  const keys = new UnwrappedKeys({ max: 2, forMs: 1, now: () => 0 });
  const first = keys.keep("first", key(), "a");
  keys.keep("second", key(), "b");
  keys.get("first");
  keys.keep("third", key(), "c");
  expect([keys.get("second"), first.wiped, keys.size]).toEqual([undefined, false, 2]);
});

test("clearing wipes all", () => {
  const keys = new UnwrappedKeys({ max: 2, forMs: 1, now: () => 0 });
  const one = keys.keep("one", key(), "a");
  keys.clear();
  expect([one.wiped, one.key, keys.size]).toEqual([true, Buffer.alloc(32), 0]);
});
