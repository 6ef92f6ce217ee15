import { expect, test } from "vitest";
import { around, carried, mostRows, newer, newest, older } from "./slice.ts";

const size = ({ start, end }: { start: number; end: number }) => end - start;

test("never more than 300 rows are in the page, however far somebody scrolls", () => {
  let slice = newest(10_000);
  for (let step = 0; step < 200; step++) {
    slice = step < 120 ? older(slice) : newer(slice, 10_000);
    expect(size(slice)).toBeLessThanOrEqual(mostRows);
    expect(size(slice)).toBeGreaterThan(0);
  }
});

test("the way up ends at the oldest row and the way down at the newest", () => {
  let slice = newest(500);
  for (let step = 0; step < 20; step++) slice = older(slice);
  expect(slice.start).toBe(0);
  for (let step = 0; step < 20; step++) slice = newer(slice, 500);
  expect(slice.end).toBe(500);
});

test("rows that came before the oldest shift the slice, and show none of themselves yet", () => {
  expect(carried({ start: 0, end: 80 }, 50, 130, 80, true)).toEqual({ start: 50, end: 130 });
  expect(carried({ start: 20, end: 60 }, 50, 150, 100, false)).toEqual({ start: 70, end: 110 });
});

test("a reader at the end stays there while old rows leave at the top; one further up keeps theirs", () => {
  expect(carried({ start: 0, end: 300 }, 0, 310, 300, true)).toEqual({ start: 10, end: 310 });
  expect(carried({ start: 0, end: 300 }, 0, 310, 300, false)).toEqual({ start: 0, end: 300 });
  expect(carried({ start: 0, end: 100 }, 0, 110, 100, false)).toEqual({ start: 0, end: 110 });
});

test("a row that is jumped to has company on both sides", () => {
  const { start, end } = around(500, 1000);
  expect(start).toBeLessThan(500);
  expect(end).toBeGreaterThan(500);
});
