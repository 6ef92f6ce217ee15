/**
 * One task at a time, in order. Colyseus does not wait for an async handler before it calls the next one; without this,
 * five concurrent sends would all be given the same number.
 */
export class Mailbox {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** How many tasks wait or run. */
  get size(): number {
    return this.#waiting;
  }

  /** Runs `task` after all earlier ones have ended, however they ended. */
  post<T>(task: () => Promise<T> | T): Promise<T> {
    this.#waiting += 1;
    const run = this.#last.then(task).finally(() => {
      this.#waiting -= 1;
    });
    this.#last = run.then(
      () => undefined,
      () => undefined, // The caller holds the failure; the next task must not inherit it.
    );
    return run;
  }
}
