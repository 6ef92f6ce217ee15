import { expect, test } from "vitest";
import { TestFeed } from "../testing/rows.ts";
import { Board, closedHeld } from "./board.ts";

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

test("an older version of a row, or the same again, changes nothing", () => {
  const [feed, board] = [new TestFeed(), new Board()];
  const older = feed.put();
  const newer = feed.put({ id: older.id, status: "closed" });
  expect(board.put(newer)).toMatchObject({ isNews: true });
  expect(board.put(older)).toMatchObject({ isNews: false });
  expect(board.put(newer)).toMatchObject({ isNews: false });
  expect(ids(board.of("closed", "ben").all())).toEqual([newer.id]);
  expect(board.of("all", "ben").length).toBe(0);
});

test("rows of the same moment stand in the order of their ids, and each leaves from its own place", () => {
  const [feed, board] = [new TestFeed(), new Board()];
  const rows = Array.from({ length: 50 }, () => feed.put({ lastAt: 7 }));
  for (const row of rows) board.put(row);
  const order = ids(rows).sort();
  expect(ids(board.of("all", "ben").all())).toEqual(order);
  for (const id of order.slice(0, 25)) board.put(feed.put({ id, lastAt: 8 }));
  expect(ids(board.of("new", "ben").all())).toEqual(order);
});

test("of the closed only the newest are held", () => {
  const [feed, board] = [new TestFeed(), new Board()];
  for (let i = 0; i < closedHeld + 3; i += 1) board.put(feed.put({ status: "closed" }));
  const held = board.of("closed", "ben").all();
  expect(held).toHaveLength(closedHeld);
  expect(held.at(-1)?.lastAt).toBe(4);
});
