import fc from "fast-check";
import { expect, test } from "vitest";
import { advanced } from "./cursor.ts";

test("[CV17] a read number only grows and never passes the head", () => {
  expect(advanced(3, 5, 9)).toBe(5);
  expect(advanced(5, 3, 9)).toBe(5);
  expect(advanced(5, 99, 9)).toBe(9);
});

test("[CV17] whatever is reported in whatever order, the number is the highest that was there to be read", () => {
  fc.assert(
    fc.property(fc.nat(50), fc.array(fc.nat(100)), (head, reports) => {
      const read = reports.reduce((cursor, upTo) => advanced(cursor, upTo, head), 0);
      expect(read).toBe(Math.min(head, Math.max(0, ...reports)));
    }),
  );
});
