import type { Cancel, Clock } from "./world.ts";

/** Work that may be asked for often: done at once, and what is asked for soon after it together, a moment later. */
export class Pace {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #work: () => boolean;
  #isAsked = false;
  #cancelPause: Cancel | undefined;

  /** @param work says whether there was something to do */
  constructor(clock: Clock, everyMs: number, work: () => boolean) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#work = work;
  }

  ask(): void {
    if (this.#cancelPause) this.#isAsked = true;
    else this.#do();
  }

  stop(): void {
    this.#cancelPause?.();
    this.#isAsked = false;
  }

  #do(): void {
    this.#isAsked = false;
    if (!this.#work()) return;
    this.#cancelPause = this.#clock.after(this.#everyMs, () => {
      this.#cancelPause = undefined;
      if (this.#isAsked) this.#do();
    });
  }
}
