import { setTimeout as delay } from "node:timers/promises";

export type State = "up" | "down";

const whileUpMs = 800;
const whileDownMs = 250;
/** Twice this and a pause stay below the three seconds after which an outage must be known. */
const patienceMs = 900;

/**
 * Knows whether the database answers. A circuit breaker: while it is down nobody waits for a timeout of their own.
 * `probe` must leave nothing behind when its signal is aborted.
 */
export class Health {
  readonly #probe: (signal: AbortSignal) => Promise<void>;
  readonly #listeners = new Set<(state: State) => void>();
  readonly #closing = new AbortController();
  readonly #watching: Promise<void>;
  #state: State = "up";
  #wake = new AbortController();

  constructor(probe: (signal: AbortSignal) => Promise<void>) {
    this.#probe = probe;
    this.#watching = this.#watch();
  }

  get state(): State {
    return this.#state;
  }

  /** Something failed that may be the database's fault: look now rather than at the next turn. */
  readonly suspect = (): void => this.#wake.abort();

  onState(listener: (state: State) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#wake.abort();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      await this.#pause();
      // Twice: one connection that was ended by an administrator is not an outage.
      const answers = (await this.#answers()) || (this.#state === "up" && (await this.#answers()));
      if (!this.#closing.signal.aborted) this.#become(answers ? "up" : "down");
    }
  }

  async #pause(): Promise<void> {
    const { signal } = this.#wake;
    await delay(this.#state === "up" ? whileUpMs : whileDownMs, undefined, { signal }).catch(() => undefined);
    // While it is down everything fails; that is no reason to ask more often.
    if (this.#state === "up") this.#wake = new AbortController();
    if (this.#closing.signal.aborted) this.#wake.abort();
  }

  async #answers(): Promise<boolean> {
    const patience = new Patience(patienceMs, this.#closing.signal);
    try {
      await this.#probe(patience.signal);
      return true;
    } catch {
      return false; // whatever it is, the database does not answer
    } finally {
      patience.end();
    }
  }

  #become(state: State): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#wake = new AbortController();
    for (const listener of this.#listeners) listener(state);
  }
}

/** A deadline in time this process was awake: one that was frozen must not blame the database on waking. */
class Patience {
  readonly #spent = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly signal: AbortSignal;

  constructor(ms: number, closing: AbortSignal) {
    this.signal = AbortSignal.any([this.#spent.signal, closing]);
    const turns = 9;
    let left = turns;
    this.#timer = setInterval(() => --left === 0 && this.#spent.abort(), ms / turns);
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
