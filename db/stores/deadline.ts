/** Tells once for each one that was started and not stopped in time. One timer for all, and none while there is nobody. */
export class Deadline<One> {
  readonly #afterMs: number;
  readonly #onLate: (late: One) => void;
  /** In the order they were started, so the late ones are in front. */
  readonly #started = new Map<One, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(afterMs: number, onLate: (late: One) => void) {
    this.#afterMs = afterMs;
    this.#onLate = onLate;
  }

  start(one: One): void {
    this.#started.set(one, performance.now());
    this.#timer ??= setInterval(() => this.#look(), Math.max(10, this.#afterMs / 10));
  }

  stop(one: One): void {
    this.#started.delete(one);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const before = performance.now() - this.#afterMs;
    for (const [one, at] of this.#started) {
      if (at > before) break;
      this.#started.delete(one);
      this.#onLate(one);
    }
    if (this.#started.size === 0) this.close();
  }
}
