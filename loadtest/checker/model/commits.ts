/** Since when the nodes can have known of each number that it is committed. */
export class Commits {
  readonly #seen: { readonly t: number; readonly upTo: number }[] = [];
  #times: number[] | undefined;

  /** At `t` a node had it from the log that everything up to here is committed. */
  seen(t: number, upTo: number): void {
    this.#seen.push({ t, upTo });
    this.#times = undefined;
  }

  /** `Infinity`: no node ever heard it. */
  of(seq: number): number {
    this.#times ??= this.#earliest();
    return this.#times[seq] ?? Infinity;
  }

  #earliest(): number[] {
    const times: number[] = [];
    for (const { t, upTo } of this.#seen.sort((a, b) => a.t - b.t))
      for (let seq = upTo; seq >= 0 && times[seq] === undefined; seq -= 1) times[seq] = t;
    return times;
  }
}
