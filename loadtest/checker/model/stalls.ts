import type { Model } from "./model.ts";

/** When processes did not run though they were to: what they owe in such a time is due that much later. */
export class Stalls {
  readonly #byFile: ReadonlyMap<string, readonly { readonly from: number; readonly until: number }[]>;

  constructor({ all }: Pick<Model, "all">) {
    const stalls = all
      .of("woke")
      .map(({ line, at }) => ({ file: at.file, from: line.t - line.pausedMs, until: line.t }));
    this.#byFile = Map.groupBy(stalls, ({ file }) => file);
  }

  /** The end of so many milliseconds in which the process that writes this file could run. */
  after(file: string, from: number, ms: number): number {
    let due = from + ms;
    for (const stall of this.#byFile.get(file) ?? [])
      if (stall.until > from && stall.from < due) due += stall.until - Math.max(stall.from, from);
    return due;
  }
}
