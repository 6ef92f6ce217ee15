import { expect, test } from "vitest";
import { TokenBucket } from "./token-bucket.ts";

test("[N28] a burst passes, then only the rate, and whoever is too fast is told how long to wait", () => {
  const bucket = new TokenBucket({ perSecond: 5, burst: 3 }, 0);
  expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 0]);
  expect(bucket.take(0)).toBe(200);
  expect(bucket.take(199)).toBe(1);
  expect(bucket.take(201)).toBe(0);
});

test("what was not used is not saved up beyond the burst, and a clock that goes back gives nothing", () => {
  const bucket = new TokenBucket({ perSecond: 5, burst: 1 }, 1000);
  expect(bucket.take(60_000)).toBe(0);
  expect(bucket.take(60_000)).toBe(200);
  expect(bucket.take(50_000)).toBe(200);
});

test("a bucket that is full again can be forgotten", () => {
  const bucket = new TokenBucket({ perSecond: 5, burst: 2 }, 0);
  bucket.take(0);
  expect(bucket.isFull(100)).toBe(false);
  expect(bucket.isFull(200)).toBe(true);
});
