import { nothing, type Tally } from "./tally.ts";

/** What the short chaos run writes, as far as it is counted. */
export type ChaosResult = {
  readonly invariants?: Readonly<Record<string, string>>;
  readonly late: readonly string[];
  readonly command: string;
};

/** Each invariant that was judged is a test. One that no fault of ours can exercise yet is none. */
export function countChaos({ invariants = {}, late, command }: ChaosResult): Tally {
  const named = (outcome: string) => Object.keys(invariants).filter((name) => invariants[name] === outcome);
  const failures = [
    ...named("violated").map((name) => `chaos › ${name} did not hold: ${command}`),
    ...late.map((sentence) => `chaos › ${sentence} ${command}`),
  ];
  return { ...nothing, passed: named("held").length, failed: failures.length, failures };
}
