import { expect, test } from "vitest";
import { group, groupPauseMs } from "./group.ts";
import type { MessageItem, MessageLine, SendState, Speaker, SystemLine, ThreadItem } from "./thread-item.ts";

const ana: Speaker = { id: "ana", name: "Ana", side: "customer" };
const ben: Speaker = { id: "ben", name: "Ben", side: "staff" };
const noon = new Date(2026, 10, 19, 12).getTime();
const minute = 60_000;

const says = (id: string, author: Speaker, at: number, more: Partial<MessageLine> = {}): MessageLine => ({
  kind: "message",
  id,
  at,
  author,
  own: author === ana,
  body: id,
  ...more,
});
const sent = (id: string, at: number, state: SendState) => says(id, ana, at, { state });
const joined = (at: number): SystemLine => ({ kind: "system", id: "joined", at, text: "Ben joined" });
const kinds = (items: readonly ThreadItem[]) => items.map((item) => item.kind);
const bubbles = (items: readonly ThreadItem[]) =>
  Object.fromEntries(
    items.filter((item): item is MessageItem => item.kind === "message").map((item) => [item.id, item]),
  );

test("a thread without lines has no rows, not even a date", () => {
  expect(group([])).toEqual([]);
});

test("a date line stands before the first line of each day of the reader", () => {
  const items = group([says("a", ana, noon), says("b", ana, noon + minute), says("c", ana, noon + 24 * 60 * minute)]);
  expect(kinds(items)).toEqual(["date", "message", "message", "date", "message"]);
});

test("bubbles of one author within five minutes are one group with one first and one last", () => {
  const at = bubbles(group([says("a", ben, noon), says("b", ben, noon + minute), says("c", ben, noon + 2 * minute)]));
  expect([at.a!.first, at.a!.last]).toEqual([true, false]);
  expect([at.b!.first, at.b!.last]).toEqual([false, false]);
  expect([at.c!.first, at.c!.last]).toEqual([false, true]);
});

test("a longer pause, another author, a system line, a note and midnight each begin a new group", () => {
  const apart = (lines: Parameters<typeof group>[0]) => bubbles(group(lines)).a!.last && bubbles(group(lines)).b!.first;
  expect(apart([says("a", ben, noon), says("b", ben, noon + groupPauseMs + 1)])).toBe(true);
  expect(apart([says("a", ben, noon), says("b", ana, noon + minute)])).toBe(true);
  expect(apart([says("a", ben, noon), joined(noon), says("b", ben, noon + minute)])).toBe(true);
  expect(apart([says("a", ben, noon), says("b", ben, noon, { kind: "note" })])).toBe(true);
  const midnight = new Date(2026, 10, 20).getTime();
  expect(apart([says("a", ben, midnight - 1), says("b", ben, midnight)])).toBe(true);
  expect(apart([says("a", ben, noon), says("b", ben, noon + groupPauseMs)])).toBe(false);
});

test("an own bubble inside a group says its state only when the next one's is another", () => {
  const at = bubbles(
    group([sent("a", noon, "read"), sent("b", noon, "read"), sent("c", noon, "saved"), sent("d", noon, "sending")]),
  );
  expect([at.a!.differs, at.b!.differs, at.c!.differs, at.d!.differs]).toEqual([false, true, true, false]);
});

test("the new-messages divider stands before the first unread line and counts what others wrote after it", () => {
  const lines = [says("a", ben, noon), says("b", ben, noon), says("mine", ana, noon), says("c", ben, noon)];
  const items = group(lines, { newFrom: "b" });
  expect(kinds(items)).toEqual(["date", "message", "new", "message", "message", "message"]);
  expect(items[2]).toMatchObject({ kind: "new", count: 2 });
  expect(bubbles(items).a!.last).toBe(true);
  expect(bubbles(items).b!.first).toBe(true);
});

test("no divider stands over one's own words only", () => {
  expect(kinds(group([says("a", ana, noon), says("b", ana, noon)], { newFrom: "b" }))).toEqual([
    "date",
    "message",
    "message",
  ]);
});

test("ids are unique and stay with their line when older lines are put before", () => {
  const lines = [says("a", ben, noon), joined(noon), says("b", ana, noon)];
  const ids = group(lines).map((item) => item.id);
  expect(new Set(ids).size).toBe(ids.length);
  const older = group([says("0", ben, noon - 26 * 60 * minute), ...lines]).map((item) => item.id);
  expect(older.slice(-ids.length)).toEqual(ids);
});

test("50,000 lines are grouped in less than a quarter of a second", () => {
  const lines = Array.from({ length: 50_000 }, (_, index) =>
    says(String(index), index % 3 ? ana : ben, noon + index * minute),
  );
  const times = [1, 2, 3].map(() => {
    const began = performance.now();
    expect(group(lines).length).toBeGreaterThan(50_000);
    return performance.now() - began;
  });
  expect(Math.min(...times)).toBeLessThan(250);
});
