import { Unavailable } from "#core/ports/conversation-log.ts";

/** Lets only so many in at once. Some more wait their turn; whoever comes after them is sent away at once. */
export class Gate {
  readonly #atOnce: number;
  readonly #waitingMax: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(atOnce: number, waitingMax: number) {
    this.#atOnce = atOnce;
    this.#waitingMax = waitingMax;
  }

  /** Throws `Unavailable` when too many wait. */
  async through<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside < this.#atOnce) this.#inside += 1;
    else await this.#turn();
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next)
        next(); // goes in as this one goes out
      else this.#inside -= 1;
    }
  }

  #turn(): Promise<void> {
    if (this.#waiting.length >= this.#waitingMax) throw new Unavailable("Too many are catching up");
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
