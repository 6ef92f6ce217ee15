import { expect, onTestFinished, test, vi } from "vitest";
import { browserTabs, type TabNote, type Tabs } from "./leader-tab.ts";

const freshName = () => `tabs-${crypto.randomUUID()}`;
function tab(name: string) {
  const tabs: Tabs = browserTabs(name);
  onTestFinished(() => tabs.close());
  const heard: TabNote[] = [];
  tabs.hear((note) => heard.push(note));
  const led = { leads: false };
  tabs.lead(() => {
    led.leads = true;
  });
  return { tabs, heard, led };
}

test("one of three tabs leads, and another takes over when it closes", async () => {
  const name = freshName();
  const three = [tab(name), tab(name), tab(name)];
  const leaders = () => three.filter(({ led }) => led.leads);
  await vi.waitFor(() => expect(leaders()).toHaveLength(1));
  leaders()[0]!.tabs.close();
  await vi.waitFor(() => expect(leaders()).toHaveLength(2));
});

test("a tab that closes while it waits in line does not come to lead", async () => {
  const name = freshName();
  const first = tab(name);
  await vi.waitFor(() => expect(first.led.leads).toBe(true));
  const [second, third] = [tab(name), tab(name)];
  second.tabs.close();
  first.tabs.close();
  await vi.waitFor(() => expect(third.led.leads).toBe(true));
  expect(second.led.leads).toBe(false);
});

test("what one tells, the others hear, and not itself; tabs of somebody else do not", async () => {
  const name = freshName();
  const [first, second, other] = [tab(name), tab(name), tab(freshName())];
  first.tabs.tell({ rows: "garden" });
  second.tabs.tell({ opened: "new:1", as: "garden" });
  await vi.waitFor(() => expect(first.heard).toEqual([{ opened: "new:1", as: "garden" }]));
  await vi.waitFor(() => expect(second.heard).toEqual([{ rows: "garden" }]));
  expect(other.heard).toEqual([]);
});

test("[N74] the last word of a tab that closes is heard", async () => {
  const name = freshName();
  const [first, second] = [tab(name), tab(name)];
  first.tabs.tell({ signedOut: true });
  first.tabs.close();
  first.tabs.tell({ rows: "after the end" });
  await vi.waitFor(() => expect(second.heard).toEqual([{ signedOut: true }]));
});

test("without Web Locks every tab leads", () => {
  const locks = Object.getOwnPropertyDescriptor(Navigator.prototype, "locks")!;
  Object.defineProperty(Navigator.prototype, "locks", { configurable: true, value: undefined });
  try {
    const name = freshName();
    expect([tab(name), tab(name)].map(({ led }) => led.leads)).toEqual([true, true]);
  } finally {
    Object.defineProperty(Navigator.prototype, "locks", locks);
  }
});
