import { Unavailable } from "../ports/conversation-log.ts";

/** What a test can do to a log: the outages that a real store has, one at a time and on purpose. */
export class AppendFaults {
  /** While true every method throws `Unavailable`. */
  down = false;
  #before = 0;
  #after = 0;
  #gate: Promise<void> | undefined;

  /** The next appends are not kept and throw `Unavailable`. */
  loseNext(times = 1): void {
    this.#before += times;
  }

  /** The next appends are kept and throw `Unavailable` all the same, as when a connection dies during COMMIT. */
  loseNextAnswer(times = 1): void {
    this.#after += times;
  }

  /** Appends wait, not yet kept, until the returned function is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return () => {
      if (this.#gate === promise) this.#gate = undefined;
      resolve();
    };
  }

  refuseWhileDown(): void {
    if (this.down) throw new Unavailable("The store is down");
  }

  async beforeKeeping(): Promise<void> {
    await this.#gate;
    this.refuseWhileDown();
    if (this.#before === 0) return;
    this.#before -= 1;
    throw new Unavailable("Lost before it was kept");
  }

  afterKeeping(): void {
    if (this.#after === 0) return;
    this.#after -= 1;
    throw new Unavailable("Kept, and the answer was lost");
  }
}
