import { setTimeout as delay } from "node:timers/promises";
import type { Say } from "./say.ts";
import type { ServerProcess } from "./server-process.ts";

const firstPauseMs = 100;
const longestPauseMs = 5000;
/** A server that lived this long did not die of its start. */
const settledMs = 30_000;

type Pause = (ms: number, sooner: AbortSignal) => Promise<void>;

const delayed: Pause = (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined);

/** Starts PostgreSQL again when it ends without having been asked to. */
export class Supervisor {
  readonly #start: () => Promise<ServerProcess>;
  readonly #say: Say;
  readonly #pause: Pause;
  readonly #closing = new AbortController();
  #server: ServerProcess;
  #watching: Promise<void>;

  constructor(server: ServerProcess, start: () => Promise<ServerProcess>, say: Say, pause: Pause = delayed) {
    this.#server = server;
    this.#start = start;
    this.#say = say;
    this.#pause = pause;
    this.#watching = this.#watch();
  }

  get pid(): number {
    return this.#server.pid;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#server.stop();
    await this.#watching;
    await this.#server.stop(); // one that was just being started
  }

  async #watch(): Promise<void> {
    let pause = firstPauseMs;
    while (!this.#closing.signal.aborted) {
      const since = performance.now();
      await this.#server.exited;
      if (this.#closing.signal.aborted) return;
      pause = performance.now() - since > settledMs ? firstPauseMs : pause;
      this.#say(`PostgreSQL (process ${this.#server.pid}) ended unexpectedly; it is started again`);
      pause = await this.#revive(pause);
    }
  }

  /** Tries until it runs; the pause it had grown to is where the next accident goes on. */
  async #revive(first: number): Promise<number> {
    let pause = first;
    while (!this.#closing.signal.aborted) {
      try {
        this.#server = await this.#start();
        return Math.min(pause * 2, longestPauseMs);
      } catch (error) {
        this.#say(`${(error as Error).message}; next try in ${pause} ms`);
        await this.#pause(pause, this.#closing.signal);
        pause = Math.min(pause * 2, longestPauseMs);
      }
    }
    return pause;
  }
}
