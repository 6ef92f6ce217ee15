const width = 1024;
const sendersMax = 256;

/**
 * Whether a sender's number comes for the first time. Remembers the last numbers of each sender; what is older counts as
 * used. No clock takes part: those of two machines, or one that is set, would agree on nothing.
 */
export class UsedOnce {
  readonly #senders = new Map<string, { highest: number; readonly ring: Float64Array }>();

  /** `false` for a number that was used, or may have been. */
  use(sender: string, number: number): boolean {
    const seen = this.#of(sender);
    const at = number % width;
    if (number <= seen.highest - width || seen.ring[at] === number) return false;
    seen.ring[at] = number;
    seen.highest = Math.max(seen.highest, number);
    return true;
  }

  #of(sender: string) {
    const seen = this.#senders.get(sender) ?? { highest: 0, ring: new Float64Array(width) };
    this.#senders.delete(sender);
    this.#senders.set(sender, seen); // the latest last
    const [eldest] = this.#senders.keys();
    if (this.#senders.size > sendersMax && eldest !== undefined) this.#senders.delete(eldest);
    return seen;
  }
}
