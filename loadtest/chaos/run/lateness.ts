const everyMs = 50;
/** Timers of a machine with enough to spare are hardly ever later. */
const sparedMs = 250;

/** How late this machine's timers are while a run goes on: where others take its time, limits in seconds say nothing. */
export class Lateness {
  readonly #late: number[] = [];
  readonly #timer: NodeJS.Timeout;
  #last = performance.now();

  constructor() {
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.#late.push(Math.max(0, now - this.#last - everyMs));
      this.#last = now;
    }, everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  get p99(): number {
    const sorted = this.#late.toSorted((a, b) => a - b);
    return Math.round(sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0);
  }

  get isStarved(): boolean {
    return this.p99 > sparedMs;
  }
}
