import type { Cancel, Clock, Network, NetworkNews, World } from "../world.ts";

/** Time that passes only when a test says so. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  #timers: { readonly at: number; readonly call: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): Cancel {
    const timer = { at: this.#now + Math.max(0, ms), call };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass, timer by timer, with everything that follows from each. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settled();
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
      await settled();
    }
    this.#now = until;
  }

  /** The machine slept: the time is another, and no timer has run. */
  jump(ms: number): void {
    this.#now += ms;
  }
}

export class ManualNetwork implements Network {
  onLine = true;
  readonly #hearers = new Set<(news: NetworkNews) => void>();

  listen(hear: (news: NetworkNews) => void): Cancel {
    this.#hearers.add(hear);
    return () => this.#hearers.delete(hear);
  }

  say(news: NetworkNews): void {
    if (news === "online" || news === "offline") this.onLine = news === "online";
    for (const hear of this.#hearers) hear(news);
  }
}

export type ManualWorld = World & { readonly clock: ManualClock; readonly network: ManualNetwork };

export const manualWorld = (chance: () => number = () => 0.5): ManualWorld => ({
  clock: new ManualClock(),
  network: new ManualNetwork(),
  chance,
  newId: () => crypto.randomUUID(),
});

/** All promises that could go on have gone on: what is left waits for time or for somebody. */
export const settled = async (): Promise<void> => {
  for (let turns = 0; turns < 3; turns++) await new Promise((resolve) => setImmediate(resolve));
};
