import fc from "fast-check";
import { expect, test } from "vitest";
import type { HistoryLine } from "../../history/lines.ts";
import { findings, judged, violated } from "./testing/judged.ts";
import { honestDay } from "./testing/honest-day.ts";

const notYet = ["I13", "I14", "I17", "I18", "I23"];

test("an honest day holds every invariant that has arrived, and each had something to judge", () => {
  const result = judged(honestDay(1));
  expect(findings(result)).toEqual([]);
  for (const [invariant, outcome] of Object.entries(result.invariants))
    expect([invariant, outcome]).toEqual([invariant, notYet.includes(invariant) ? "not exercised" : "held"]);
});

test("no honest day is blamed, whatever its dice and its length (fast-check prints the seed)", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 60 }), (seed, steps) => {
      expect(findings(judged(honestDay(seed, steps)))).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test("what nothing exercised is not called held", () => {
  const quiet = honestDay(1, 3).filter(({ line }) => {
    const isOfNodes = line.what === "claim" || line.what === "append" || line.what === "woke" || line.what === "counts";
    const isOfWitness = line.what === "witness.read" || line.what === "read.kept" || line.what === "kept.read";
    return !isOfNodes && !isOfWitness && line.what !== "did" && line.what !== "node" && line.what !== "appended";
  });
  const { invariants } = judged(quiet);
  for (const invariant of ["I11", "I12", "I15", "I24"] as const)
    expect([invariant, invariants[invariant]]).toEqual([invariant, "not exercised"]);
  expect(invariants.I1).toBe("held");
});

test("a screen whose process could not run is not blamed for saying nothing", () => {
  const isKept = (line: HistoryLine) => line.what === "ui" && line.lines.some(({ state }) => state === "kept");
  const silent = honestDay(1, 5).filter(({ line }) => line.who !== "ana" || !isKept(line));
  expect(violated(judged(silent))).toEqual(["I21"]);
  const woke = (t: number): HistoryLine => ({ t, who: "ana", what: "woke", pausedMs: 4000 });
  const info = silent.findIndex(({ line }) => line.what === "info" && line.code === "unavailable");
  const stalled = silent.toSpliced(info, 0, { file: "ana.jsonl", line: woke(silent[info]!.line.t + 4000) });
  const result = judged(stalled);
  expect(findings(result)).toEqual([]);
  expect(result.stalled_ms).toBe(4000);
});

test("the figures count what was sent, acknowledged and done, and how long it took", () => {
  const result = judged(honestDay(1, 10));
  expect(result).toMatchObject({ seed: 1, seconds: 60, nodes: 2, people: 4, lost: 0, duplicated: 0, phantom: 0 });
  expect(result).toMatchObject({ misordered: 0, holes: 0 });
  expect(result.injections).toMatchObject({ kill9: 1, freeze: 1, sigterm: 1, postgresStopped: 1, offline: 1 });
  // One was refused.
  expect(result.sent).toBe(result.acked + 1);
  // The one that slept was frozen.
  expect(result.stalled_ms).toBe(0);
  expect(result.failover_ms?.p50).toBeGreaterThan(180);
  expect(result.failover_ms?.max).toBeLessThan(500);
  expect(result.deliver_ms?.p50).toBeLessThan(20);
});
