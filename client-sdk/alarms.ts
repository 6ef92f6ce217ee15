import type { Cancel, Clock } from "./world.ts";

/** What is to be done about something after a while, unless it is settled before: then nothing of it stays in memory. */
export class Alarms {
  readonly #clock: Clock;
  readonly #waiting = new Map<string, Set<Cancel>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  set(key: string, ms: number, call: () => void): void {
    const of = this.#waiting.get(key) ?? new Set();
    this.#waiting.set(key, of);
    const cancel = this.#clock.after(ms, () => {
      of.delete(cancel);
      if (of.size === 0) this.#waiting.delete(key);
      call();
    });
    of.add(cancel);
  }

  settle(key: string): void {
    for (const cancel of this.#waiting.get(key) ?? []) cancel();
    this.#waiting.delete(key);
  }
}
