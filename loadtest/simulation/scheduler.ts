import type { Dice } from "./dice.ts";

/** Who takes steps. */
export interface Runner {
  readonly name: string;
  readonly isAlive: boolean;
  mayRun(isTimer: boolean): boolean;
  handled(at: number): void;
}

/** Something that can happen next: to a process, or between them. */
type Step = {
  readonly at: number;
  readonly order: number;
  readonly of: Runner | undefined;
  readonly name: string;
  readonly isTimer: boolean;
  readonly run: () => void;
};

export type Cancel = () => void;

/**
 * Virtual time and everything that waits for it. Of what could happen now the dice pick one; time goes by only when
 * nothing is left for this moment. Between two steps all promises that can go on do so, which no dice decide: the same
 * seed makes the same history, and its hash proves it.
 */
export class Scheduler {
  now = 0;
  steps = 0;
  hash = 0x811c9dc5;
  /** Called between two steps, when no promise is on its way. */
  afterEach: () => void = () => undefined;
  /** Gets every step's words when somebody wants to read them. */
  tellStep: ((line: string) => void) | undefined;
  readonly #dice: Dice;
  readonly #steps: Step[] = [];
  readonly #ready: Step[] = [];
  #made = 0;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** @param of whose step it is: while that process stands still it waits, and when it dies it never happens */
  later(of: Runner | undefined, name: string, ms: number, run: () => void): void {
    if (of && !of.isAlive) return;
    this.#steps.push({ at: this.now + ms, order: ++this.#made, of, name, isTimer: false, run });
  }

  timer(of: Runner, ms: number, run: () => void): Cancel {
    const at = this.now + Math.ceil(Math.max(0, ms)); // clocks tell whole milliseconds
    const step = { at, order: ++this.#made, of, name: "timer", isTimer: true, run };
    if (of.isAlive) this.#steps.push(step);
    return () => this.#remove(step);
  }

  forget(process: Runner): void {
    for (let at = this.#steps.length - 1; at >= 0; at--) if (this.#steps[at]?.of === process) this.#steps.splice(at, 1);
  }

  /** How many answers have come for it by now. */
  waitingFor(process: Runner): number {
    return this.#steps.filter(({ of, at, isTimer }) => of === process && !isTimer && at <= this.now).length;
  }

  /** Nothing is on its way: all that is left waits for time to go by. */
  get isQuiet(): boolean {
    return this.#steps.every(({ isTimer }) => isTimer);
  }

  /** Steps until this is so, or the time is up; says which. */
  async until(isDone: () => boolean, latest: number): Promise<boolean> {
    await settled();
    while (!isDone()) {
      const step = this.#pick();
      if (!step || step.at > latest) return false;
      this.now = Math.max(this.now, step.at);
      this.#run(step);
      await settled();
      this.afterEach();
    }
    return true;
  }

  /** Words for the trace of what happened within a step. */
  note(words: () => string): void {
    this.tellStep?.(`${" ".repeat(12)}${words()}`);
  }

  #remove(step: Step): void {
    const at = this.#steps.indexOf(step);
    if (at >= 0) this.#steps.splice(at, 1);
  }

  #run(step: Step): void {
    this.#remove(step);
    this.steps += 1;
    this.#mix(step.at);
    this.#mix(step.order);
    for (let at = 0; at < step.name.length; at++) this.#mix(step.name.charCodeAt(at));
    this.tellStep?.(`${step.at.toFixed(0).padStart(9)} ms  ${step.of?.name ?? "·"}: ${step.name}`);
    if (!step.isTimer) step.of?.handled(step.at);
    step.run();
  }

  #pick(): Step | undefined {
    const ready = this.#ready;
    ready.length = 0;
    let soonest: Step | undefined;
    for (const step of this.#steps) {
      if (step.of && !step.of.mayRun(step.isTimer)) continue;
      if (step.at <= this.now) ready.push(step);
      else if (!soonest || step.at < soonest.at) soonest = step;
    }
    if (ready.length === 0) return soonest;
    const picked = ready[this.#dice.roll(ready.length)];
    return picked?.isTimer ? firstTimer(ready, picked) : picked;
  }

  #mix(word: number): void {
    this.hash = Math.imul(this.hash ^ word, 0x01000193) >>> 0;
  }
}

/** Timers of one process ring in their order. */
function firstTimer(ready: readonly Step[], picked: Step): Step {
  let first = picked;
  for (const step of ready)
    if (
      step.isTimer &&
      step.of === picked.of &&
      (step.at < first.at || (step.at === first.at && step.order < first.order))
    )
      first = step;
  return first;
}

/** All promises that could go on have gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
