import type { Clock } from "../node/clock.ts";

/** A clock that a test moves by hand. */
export class ManualClock implements Clock {
  #now = 1_700_000_000_000;
  #monotonic = 0;
  #timers = new Set<{ at: number; call: () => void }>();

  now = (): number => this.#now;
  monotonic = (): number => this.#monotonic;

  after(ms: number, call: () => void): () => void {
    const timer = { at: this.#monotonic + ms, call };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Calls what becomes due, in its order, and lets what it starts go on in between. */
  async pass(ms: number): Promise<void> {
    await settled();
    const end = this.#monotonic + ms;
    for (let due = this.#nextUntil(end); due; due = this.#nextUntil(end)) {
      this.#timers.delete(due);
      this.#set(Math.max(due.at, this.#monotonic));
      due.call();
      await settled();
    }
    this.#set(end);
    await settled();
  }

  /** Time goes by while the process stands still: no timer rings. */
  freeze(ms: number): void {
    this.#set(this.#monotonic + ms);
  }

  /** Somebody sets the clock on the wall. */
  setWall(now: number): void {
    this.#now = now;
  }

  #set(monotonic: number): void {
    this.#now += monotonic - this.#monotonic;
    this.#monotonic = monotonic;
  }

  #nextUntil(end: number) {
    const due = [...this.#timers].filter(({ at }) => at <= end);
    return due.sort((a, b) => a.at - b.at)[0];
  }
}

/** Whatever was only waiting for other microtasks has run. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
