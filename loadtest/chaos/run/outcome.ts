import { writeFileSync } from "node:fs";
import type { Lateness } from "./lateness.ts";
import { faultsOf, judged } from "./judged.ts";
import { commandOf, type Options } from "./options.ts";

export type Ended = {
  readonly folder: string;
  /** What did not come about in time, one sentence each. */
  readonly late: readonly string[];
  readonly reasons: ReadonlyMap<string, string>;
  readonly crashPoints: ReadonlyMap<string, number>;
  readonly lateness: Lateness;
};

/** Those that are about seconds. */
const timed = new Set(["I21", "I22"]);

/** Has the run judged, prints what came of it, and says whether everything held. */
export function tellOutcome(options: Options, { folder, late, reasons, crashPoints, lateness }: Ended): boolean {
  const { code, result, report } = judged(folder);
  const faults = faultsOf(folder);
  const { verdicts: _, ...figures } = result;
  const found = Object.entries(figures.invariants ?? {});
  const spared = found.map(([name, outcome]) => {
    const isBlameless = lateness.isStarved && timed.has(name) && outcome === "violated";
    return [name, isBlameless ? "not judged" : outcome] as const;
  });
  const all = {
    ...{ ...figures, invariants: Object.fromEntries(spared), crash_points: Object.fromEntries(crashPoints) },
    ...{ not_exercised: Object.fromEntries(reasons), late, faults: faults.length, timers_late_ms_p99: lateness.p99 },
    command: commandOf(options),
  };
  console.log(report);
  console.log(JSON.stringify(all, undefined, 2));
  if (options.json) writeFileSync(options.json, `${JSON.stringify(all, undefined, 2)}\n`);
  for (const line of faults.slice(0, 5)) console.error(line);
  if (lateness.isStarved)
    console.error(`This machine's timers came up to ${lateness.p99} ms late: what is about seconds was not judged.`);
  const isJudged = code < 2 && found.length > 0;
  return isJudged && late.length === 0 && spared.every(([, outcome]) => outcome !== "violated");
}
