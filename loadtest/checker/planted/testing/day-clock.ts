import type { HistoryLine, Noted } from "../../../history/lines.ts";

/** A line and the file it stands in. Lines of a day are in the order of time over all files. */
export type Written = { readonly file: string; line: HistoryLine };

/** The time of a made-up day, its dice, and what everybody wrote down. */
export class DayClock {
  readonly written: Written[] = [];
  t = 1000;
  #state: number;
  #ids = 0;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to `below` - 1. */
  roll(below: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * below);
  }

  pick<T>(some: readonly T[]): T {
    const picked = some[this.roll(some.length)];
    if (picked === undefined) throw new Error("Nothing to pick from");
    return picked;
  }

  id(prefix: string): string {
    this.#ids += 1;
    return `${prefix}-${this.#ids}`;
  }

  wait(ms: number): void {
    this.t += ms;
  }

  note(file: string, noted: Noted): void {
    this.t += 0.25;
    const line: HistoryLine = { t: this.t, ...noted };
    this.written.push({ file: `${file}.jsonl`, line });
  }
}
