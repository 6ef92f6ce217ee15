import type { Noticed } from "./model/gather.ts";
import type { Model } from "./model/model.ts";

export const invariants = {
  I1: "every acknowledged message is there, with its text",
  I2: "what a device kept is there exactly once, or parked for a reason that stays",
  I3: "nothing is there twice, in the log or on a screen",
  I4: "nothing was received, acknowledged or shown as saved before its commit, or without one",
  I5: "numbers are dense",
  I6: "every screen is a prefix of the log it may see, and at the end equals it",
  I7: "no hole is shown",
  I8: "what one person sent is in the order of sending",
  I9: "all acknowledgements of one key agree",
  I10: "epochs never decrease along the log, one node per epoch",
  I11: "after a claim no older epoch commits",
  I12: "who lost a conversation asleep tells nothing 500 ms after waking, and nobody tells what is not committed",
  I13: "at most one agent assigned, loads within capacity, every wait ends once",
  I14: "the queue is served in order",
  I15: "read numbers never go back",
  I16: "accepted edits form versions 1, 2, 3 …",
  I17: "files are whole, and none is referred to before it is ready",
  I18: "side effects happen, once",
  I19: "every change has its audit entry, and the chain holds",
  I20: "nobody received what they may not see",
  I21: "what is shown is honest",
  I22: "all is well again within the limits",
  I23: "the assistant's commands happen whole or not at all",
  I24: "nothing leaks",
} as const;
export type Invariant = keyof typeof invariants;

export type Example = {
  readonly says: string;
  readonly conversation?: string;
  readonly key?: string;
  readonly seq?: number;
  /** `file:line`, the decisive one first. */
  readonly lines: readonly string[];
};
export type Outcome = "held" | "violated" | "not exercised";
export type Verdict = {
  readonly invariant: Invariant;
  readonly outcome: Outcome;
  /** How often there was something to judge. */
  readonly judged: number;
  readonly violations: number;
  readonly examples: readonly Example[];
};

/** A rule is a pure function from a run to what it found. */
export type Rule = { readonly invariant: Invariant; readonly judge: (model: Model, findings: Findings) => void };

type Where = Omit<Example, "says" | "lines">;
const examplesMax = 10;

/** What a rule has found so far. */
export class Findings {
  judged = 0;
  violations = 0;
  readonly examples: Example[] = [];

  /** There was something to judge. */
  saw(times = 1): void {
    this.judged += times;
  }

  found(says: string, where: Where, ...lines: readonly (Noticed | undefined)[]): void {
    this.violations += 1;
    if (this.examples.length >= examplesMax) return;
    const places = lines.flatMap((one) => (one ? [`${one.at.file}:${one.at.line}`] : []));
    this.examples.push({ says, ...where, lines: places });
  }
}

export function verdictOf({ invariant, judge }: Rule, model: Model): Verdict {
  const findings = new Findings();
  judge(model, findings);
  const { judged, violations, examples } = findings;
  const outcome = violations > 0 ? "violated" : judged > 0 ? "held" : "not exercised";
  return { invariant, outcome, judged, violations, examples };
}
