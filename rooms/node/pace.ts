import type { Clock } from "./clock.ts";

/** Work that is asked for often and done at most so often: what was asked for meanwhile is done together. */
export class Pace {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #work: () => void;
  #lastAt = Number.NEGATIVE_INFINITY;
  #dueAt = Number.POSITIVE_INFINITY;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, everyMs: number, work: () => void) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#work = work;
  }

  /** At the end of this moment, unless it was done just now. */
  atOnce(): void {
    this.#plan(Math.max(this.#clock.monotonic(), this.#lastAt + this.#everyMs));
  }

  /** It can wait for what usually follows. */
  soon(): void {
    this.#plan(this.#clock.monotonic() + this.#everyMs);
  }

  stop(): void {
    this.#cancel();
    this.#dueAt = Number.POSITIVE_INFINITY;
  }

  #plan(at: number): void {
    if (at >= this.#dueAt) return;
    this.#cancel();
    this.#dueAt = at;
    const waitMs = at - this.#clock.monotonic();
    if (waitMs > 0) this.#cancel = this.#clock.after(waitMs, () => this.#do());
    else {
      const immediate = setImmediate(() => this.#do());
      this.#cancel = () => clearImmediate(immediate);
    }
  }

  #do(): void {
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.#lastAt = this.#clock.monotonic();
    this.#work();
  }
}
