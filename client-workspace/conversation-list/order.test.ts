import { expect, test } from "vitest";
import { row } from "../testing/rows.ts";
import { inOrder, TypeAhead } from "./order.ts";

const rows = [
  row({ id: "answered", waitingSince: null, lastAt: 90 }),
  row({ id: "short", waitingSince: 50, lastAt: 80 }),
  row({ id: "long", waitingSince: 10, lastAt: 70 }),
];

test("newest first is how the desk sends them", () => {
  expect(inOrder(rows, "newest")).toBe(rows);
});

test("the longest wait comes first, those nobody waits for last", () => {
  expect(inOrder(rows, "waiting").map(({ id }) => id)).toEqual(["long", "short", "answered"]);
});

const names = ["Aiko", "Nora", "Nadia", "nils"];

test("the same letter goes from one to the next and round", () => {
  const typed = new TypeAhead();
  expect(typed.find("n", names, 0, 0)).toBe(1);
  expect(typed.find("n", names, 1, 5000)).toBe(2);
  expect(typed.find("n", names, 3, 10_000)).toBe(1);
});

test("letters typed at once make a longer beginning, after a pause a new one", () => {
  const typed = new TypeAhead();
  typed.find("n", names, 0, 0);
  expect(typed.find("a", names, 1, 100)).toBe(2);
  expect(typed.find("a", names, 2, 5000)).toBe(0);
});

test("nothing begins so", () => {
  expect(new TypeAhead().find("x", names, 0, 0)).toBe(-1);
  expect(new TypeAhead().find("x", [], -1, 0)).toBe(-1);
});
