import { expect, test } from "vitest";
import { promiseMs, spanOf, urgencyOf } from "./waiting.ts";

const minute = 60_000;

test("a wait is said in its two largest units at most", () => {
  expect([0, 45_000, minute, 59 * minute, 60 * minute, 125 * minute, 24 * 60 * minute].map(spanOf)).toEqual([
    "0s",
    "45s",
    "1m",
    "59m",
    "1h",
    "2h 5m",
    "1d",
  ]);
});

test("a clock that runs ahead of the desk's shows no wait rather than a negative one", () => {
  expect(spanOf(-5000)).toBe("0s");
});

test("a wait turns amber at three quarters of the promise and red when it is used up", () => {
  expect([promiseMs * 0.74, promiseMs * 0.75, promiseMs].map(urgencyOf)).toEqual(["fresh", "due", "late"]);
});
