import { simulate, type Outcome } from "./simulation.ts";
import type { Mutant } from "./sim-world.ts";

/** Together they share the turns of the event loop that each needs between two steps; none sees another. */
const atOnce = 16;

export type Runs = {
  readonly from: number;
  readonly seeds: number;
  readonly mutant?: Mutant;
  /** Asked before each one. */
  readonly goesOn?: (outcomes: readonly Outcome[]) => boolean;
};

/** Runs so many seeds, one after the other from the first, and gives what came of them in their order. */
export async function runSeeds({ from, seeds, mutant = {}, goesOn = () => true }: Runs): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = from;
  const runner = async () => {
    while (next < from + seeds && goesOn(outcomes)) outcomes.push(await simulate(next++, { mutant }));
  };
  await Promise.all(Array.from({ length: atOnce }, runner));
  return outcomes.sort((a, b) => a.seed - b.seed);
}

/** What broke, and how to see it again. */
export const accusation = ({ seed, findings }: Outcome): string =>
  [
    `seed ${seed}: npm run simulate -- --trace ${seed}`,
    ...findings.map(({ rule, says, at }) => `  [${rule}] at ${at} ms: ${says}`),
  ].join("\n");
