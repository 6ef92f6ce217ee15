import { beforeEach, expect, test } from "vitest";
import type { OutboxRow } from "./outbox.ts";
import { PendingRows } from "./pending-rows.ts";

const row = (clientId: string, order: number, conversation = "garden"): OutboxRow => ({
  ...{ conversation, at: order, order, parked: null },
  command: { type: "message.send", clientId, body: clientId },
});
const ack = { ok: true, seq: 1, at: 1, id: "event-1" } as const;

let changed: string[];
let rows: PendingRows;
beforeEach(() => {
  changed = [];
  rows = new PendingRows((conversation) => changed.push(conversation));
});
const keys = (conversation = "garden") => rows.of(conversation).map((pending) => pending.row.command.clientId);

test("rows stand in the order of sending, each conversation by itself, and the list is the same until it changes", () => {
  rows.add(row("b", 2), true);
  rows.add(row("a", 1), true);
  rows.add(row("other", 3, "harbour"), true);
  expect([keys(), keys("harbour"), rows.conversations.toSorted()]).toEqual([
    ["a", "b"],
    ["other"],
    ["garden", "harbour"],
  ]);
  const list = rows.of("garden");
  rows.change("other", { late: true });
  expect(rows.of("garden")).toBe(list);
  rows.change("a", { late: true });
  expect(rows.of("garden")).not.toBe(list);
  expect(changed).toEqual(["garden", "garden", "harbour", "harbour", "garden"]);
});

test("[I8] next is the first that is neither parked nor acknowledged", () => {
  for (const [at, key] of ["a", "b", "c"].entries()) rows.add(row(key, at), true);
  rows.change("a", { parked: "too_large" });
  rows.change("b", { ack });
  expect(rows.next("garden")?.row.command.clientId).toBe("c");
});

test("[I3] what is settled does not come back from a reading of the outbox that began before", () => {
  rows.add(row("a", 1), true);
  const known = rows.keys();
  rows.settle("a");
  rows.sync([row("a", 1)], known);
  expect(keys()).toEqual([]);
});

test("[I2] what was added after a reading began does not go because the reading does not have it", () => {
  rows.add(row("a", 1), true);
  const known = rows.keys();
  rows.add(row("b", 2), true);
  rows.sync([], known);
  expect(keys()).toEqual(["b"]);
});

test("[I2] what the device had no room for is in no reading, and stays", () => {
  rows.add(row("volatile", 1), false);
  rows.sync([], rows.keys());
  expect(keys()).toEqual(["volatile"]);
});

test("an acknowledged bubble stays until its event comes, although the outbox has let go of it", () => {
  rows.add(row("a", 1), true);
  rows.change("a", { ack });
  rows.sync([], rows.keys());
  expect(keys()).toEqual(["a"]);
});

test("another tab's parking and queueing shows here", () => {
  rows.add(row("a", 1), true);
  rows.sync([{ ...row("a", 1), parked: "forbidden" }], rows.keys());
  expect(rows.find("a")?.row.parked).toBe("forbidden");
  rows.sync([row("a", 1)], rows.keys());
  expect(rows.find("a")?.row.parked).toBeNull();
});

test("rows follow their conversation to its id, and both are told", () => {
  rows.add(row("a", 1, "new:1"), true);
  changed.length = 0;
  rows.rename("new:1", "garden");
  expect([keys("new:1"), keys()]).toEqual([[], ["a"]]);
  expect(new Set(changed)).toEqual(new Set(["new:1", "garden"]));
});
