import { expect, test } from "vitest";
import { ana, ben, line } from "../testing/people.ts";
import { group } from "./group.ts";
import { announce, appended, foreignAfter, sharesLines } from "./reading.ts";
import type { MessageLine } from "./thread-item.ts";

const lines = (...bodies: string[]) => bodies.map((body) => line(body.startsWith("A") ? ana : ben, body, { id: body }));
const fresh = (before: MessageLine[], now: MessageLine[]) => appended(group(before), group(now)).map(({ id }) => id);

test("what came at the end is new, what was put before the oldest is not", () => {
  const now = lines("B1", "A2");
  expect(fresh(now, [...now, ...lines("B3", "A4")])).toEqual(["B3", "A4"]);
  expect(fresh(now, [...lines("B-1", "B0"), ...now])).toEqual([]);
});

test("a message that is saved before one still waiting is new, and a discarded one makes nothing new", () => {
  const waiting = lines("A9");
  const now = lines("B1", "B2");
  expect(fresh([...now, ...waiting], [...now, ...lines("B3"), ...waiting])).toEqual(["B3"]);
  expect(fresh([...now, ...waiting], now)).toEqual([]);
});

test("what others wrote is read out with their name, one's own and deleted messages are not", () => {
  const deleted = line(ben, "gone", { deletedBy: "Ben" });
  const note = line(ben, "careful", { kind: "note" });
  const items = appended(group(lines("B1")), group([...lines("B1", "B2", "A3"), deleted, note]));
  expect(announce(items)).toBe("Ben Osei: B2\nNote, Ben Osei: careful");
});

test("unseen is what others wrote after the newest seen row", () => {
  const items = group(lines("B1", "A2", "B3", "B4"));
  expect(foreignAfter(items, -1)).toBe(3);
  expect(
    foreignAfter(
      items,
      items.findIndex(({ id }) => id === "B3"),
    ),
  ).toBe(1);
});

test("rows that share a line are of one conversation, rows that share none are of two", () => {
  const same = (before: MessageLine[], now: MessageLine[]) => sharesLines(group(before), group(now));
  expect(same(lines("B1", "A2"), lines("B0", "B1", "A2", "B3"))).toBe(true);
  expect(same(lines("B1", "B2", "A9"), lines("B2", "B3"))).toBe(true);
  expect(same(lines("B1"), lines("B7", "B8"))).toBe(false);
  expect(same(lines("B1"), [])).toBe(false);
});
