import { setTimeout as delay } from "node:timers/promises";

export type State = "up" | "down";

const whileUpMs = 800;
const whileDownMs = 250;
/** However many complain: not more often than this. */
const atMostEveryMs = 100;
/** Twice this and a pause stay below the three seconds after which an outage must be known. */
const patienceMs = 900;

/** Asks once; must leave nothing behind when the signal is aborted. */
export type Ask = (signal: AbortSignal) => Promise<void>;

/** Knows whether the database answers. A circuit breaker: while it is down nobody waits for a timeout of their own. */
export class Health {
  readonly #ask: Ask;
  readonly #listeners = new Set<(state: State) => void>();
  readonly #closing = new AbortController();
  readonly #watching: Promise<void>;
  #state: State = "up";
  #suspicion = new AbortController();

  constructor(ask: Ask) {
    this.#ask = ask;
    this.#watching = this.#watch();
  }

  get state(): State {
    return this.#state;
  }

  /** Something failed that may be the database's fault: look now rather than at the next turn. */
  readonly suspect = (): void => this.#suspicion.abort();

  onState(listener: (state: State) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      await (this.#state === "up" ? this.#pauseUp() : this.#pause(whileDownMs));
      // Twice: one connection that an administrator ended is not an outage.
      const answers = (await this.#answers()) || (this.#state === "up" && (await this.#answers()));
      if (!this.#closing.signal.aborted) this.#become(answers ? "up" : "down");
    }
  }

  async #pauseUp(): Promise<void> {
    await this.#pause(atMostEveryMs);
    await this.#pause(whileUpMs - atMostEveryMs, this.#suspicion.signal);
    this.#suspicion = new AbortController();
  }

  #pause(ms: number, sooner?: AbortSignal): Promise<void> {
    const signal = sooner ? AbortSignal.any([this.#closing.signal, sooner]) : this.#closing.signal;
    return delay(ms, undefined, { signal }).catch(() => undefined);
  }

  async #answers(): Promise<boolean> {
    if (this.#closing.signal.aborted) return false;
    const patience = new Patience(patienceMs);
    try {
      await this.#ask(AbortSignal.any([patience.signal, this.#closing.signal]));
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
    for (const listener of this.#listeners) listener(state);
  }
}

/** A deadline in time this process was awake: one that was frozen must not blame the database on waking. */
class Patience {
  readonly #spent = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly signal = this.#spent.signal;

  constructor(ms: number) {
    const turns = 9;
    let left = turns;
    this.#timer = setInterval(() => --left === 0 && this.#spent.abort(), ms / turns);
  }

  end(): void {
    clearInterval(this.#timer);
  }
}
