import { expect, test } from "vitest";
import { Latencies } from "./latencies.ts";

test("quantiles are exact to three digits, from microseconds to an hour", () => {
  const latencies = new Latencies();
  for (let ms = 1; ms <= 1000; ms += 1) latencies.record(ms);
  const { p50, p95, p99, max } = latencies.summary();
  expect(p50).toBeCloseTo(500, -0.5);
  expect(p95).toBeCloseTo(950, -0.5);
  expect(p99).toBeCloseTo(990, -0.5);
  expect(max / 1000).toBeCloseTo(1, 2);
});

test("one slow among a hundred shows in the last percent only", () => {
  const latencies = new Latencies();
  latencies.recordAll([...Array.from({ length: 199 }, () => 2), 5000]);
  expect(latencies.summary().p99).toBeCloseTo(2, 1);
  expect(latencies.summary().max).toBeGreaterThan(4990);
});

test("nothing recorded is nothing, and no time is too short or too long", () => {
  const latencies = new Latencies();
  expect(latencies.summary()).toEqual({ p50: 0, p95: 0, p99: 0, max: 0 });
  latencies.recordAll([0, -1, 1e12]);
  expect(latencies.count).toBe(3);
});
