import type { Scheduler } from "./scheduler.ts";

/** An invariant that did not hold, and what was seen. */
export type Finding = { readonly rule: string; readonly says: string; readonly at: number };

/** What broke in one run. Only the first of each rule is kept: the rest follows from it. */
export class Findings {
  readonly all: Finding[] = [];
  readonly #scheduler: Scheduler;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  add(rule: string, says: string): void {
    this.#scheduler.note(() => `✗ [${rule}] ${says}`);
    if (this.all.some((known) => known.rule === rule)) return;
    this.all.push({ rule, says, at: this.#scheduler.now });
  }

  /** @param says is only put into words when it does not hold */
  holds(rule: string, isSo: boolean, says: () => string): void {
    if (!isSo) this.add(rule, says());
  }
}
