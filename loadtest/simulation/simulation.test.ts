import { expect, test } from "vitest";
import { randomSeed } from "./dice.ts";
import { knownBad } from "./testing/known-bad.ts";
import { accusation, runSeeds } from "./run-seeds.ts";
import { simulate } from "./simulation.ts";
import { mutants } from "./testing/mutants.ts";

const fixed = 120;
const freshForMs = 2500;
const fresh = randomSeed();

test("the same seed gives the same history, step for step, whatever runs beside it", async () => {
  const traced = async (seed: number) => {
    const lines: string[] = [];
    const { hash, steps } = await simulate(seed, { tell: (line) => void lines.push(line) });
    return { hash, steps, lines };
  };
  for (const seed of [1, fresh]) {
    const alone = await traced(seed);
    const [again] = await Promise.all([traced(seed), traced(seed + 1), traced(seed + 2)]);
    expect(again, `seed ${seed}`).toEqual(alone);
    expect(alone.lines.length, `seed ${seed}`).toBeGreaterThan(50);
  }
});

test(`[I1] [I2] [I3] [I4] [I5] [I6] [I7] [I8] [I9] [I10] [I11] [I12] [I15] [I16] [I20] [I21] hold over ${fixed} seeds, in which everything happens`, async () => {
  const outcomes = await runSeeds({ from: 1, seeds: fixed });
  expect(outcomes.filter(({ findings }) => findings.length > 0).map(accusation)).toEqual([]);
  const happened = new Set(outcomes.flatMap((outcome) => [...outcome.happened.keys()]));
  const everything = [
    "crash",
    "freeze",
    "crash midway",
    "freeze midway",
    "drain",
    "reload",
    "store down",
    "append late",
  ];
  expect([...happened]).toEqual(expect.arrayContaining(everything));
});

test(`all invariants hold over fresh seeds from ${fresh}`, async () => {
  const until = performance.now() + freshForMs;
  const outcomes = await runSeeds({ from: fresh, seeds: 10_000, goesOn: () => performance.now() < until });
  expect(outcomes.filter(({ findings }) => findings.length > 0).map(accusation)).toEqual([]);
});

for (const { seed, was } of knownBad)
  test(`seed ${seed} holds, where ${was}`, async () => {
    const outcome = await simulate(seed);
    expect(outcome.findings, accusation(outcome)).toEqual([]);
  });

for (const [what, { mutant, breaks, from = 1 }] of Object.entries(mutants))
  test(`[${breaks}] breaks, and is found, when ${what}`, async () => {
    const isFound = ({ findings }: { findings: readonly { rule: string }[] }) =>
      findings.some(({ rule }) => rule === breaks);
    const outcomes = await runSeeds({ from, seeds: 400, mutant, goesOn: (some) => !some.some(isFound) });
    expect(outcomes.some(isFound), `within ${outcomes.length} seeds`).toBe(true);
  }, 60_000);
