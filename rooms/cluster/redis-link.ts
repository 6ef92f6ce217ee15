import { RedisPresence } from "@colyseus/redis-presence";
import { Redis } from "ioredis";
import type { Clock } from "../node/clock.ts";

/** Redis did not answer, or has forgotten what it knew: what it says now, or does not say, means nothing. */
export class RedisAway extends Error {
  override readonly name = "RedisAway";
}

const commandTimeoutMs = 400;

/**
 * The two connections to Redis: one to ask, one to hear. A command is answered within its time or fails; nothing is queued
 * for later, because later it would be wrong. Both come back by themselves.
 */
export class RedisLink extends RedisPresence {
  readonly redis: Redis;
  readonly #clock: Clock;
  readonly #onChange: (isUp: boolean, error: Error | undefined) => void;
  readonly #readyAt = new Map<Redis, number>();
  #wasUp: boolean | undefined;
  #isClosing = false;

  constructor(url: string, clock: Clock, onChange: (isUp: boolean, error: Error | undefined) => void) {
    const redis = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: commandTimeoutMs,
      connectTimeout: 1000,
      disconnectTimeout: 0, // one that stands still does not say goodbye
      autoResubscribe: false, // nobody would hear it fail; RedisPresence does it too
      retryStrategy: (times) => Math.min(50 * times, 500),
    });
    super(redis);
    // RedisPresence does without on the one that hears. Then ioredis calls a connection ready that was lost while it was
    // being made, and never makes another.
    (this.sub as Redis).options.enableReadyCheck = true;
    this.redis = redis;
    this.#clock = clock;
    this.#onChange = onChange;
    for (const connection of this.#connections) this.#watch(connection);
  }

  /** For how long both connections have been good; `undefined` while one is not. */
  get goodForMs(): number | undefined {
    const since = this.#connections.map((connection) => this.#readyAt.get(connection));
    const times = since.filter((at) => at !== undefined);
    return times.length < since.length ? undefined : this.#clock.monotonic() - Math.max(...times);
  }

  /** Hears a channel as soon as there is a connection, and again after each new one. */
  hear(channel: string, call: (message: unknown) => void): void {
    const subscribe = () => {
      this.subscribe(channel, call).catch(() => undefined); // the next `ready` subscribes to everything again
    };
    // Not before: who has subscribed may not ask whether Redis is ready.
    if (this.sub.status === "ready") subscribe();
    else this.sub.once("ready", subscribe);
  }

  /** Whether both answer. A connection that does not, though it is open, is made anew. */
  async answers(): Promise<boolean> {
    const asked = await Promise.all(this.#connections.map((connection) => this.#answers(connection)));
    return !asked.includes(false);
  }

  close(): void {
    this.#isClosing = true;
    for (const connection of this.#connections) connection.disconnect();
  }

  get #connections(): Redis[] {
    return [this.redis, this.sub as Redis]; // never a Redis Cluster: whose subscribers cannot be counted in one place
  }

  /** Asked twice: the first time it may be this process that was too busy to read the answer in time. */
  async #answers(connection: Redis): Promise<boolean> {
    const ask = () => connection.ping();
    const isAnswered = await ask()
      .catch(ask)
      .then(Boolean, () => false);
    if (!isAnswered && connection.status === "ready") connection.disconnect(true);
    return isAnswered;
  }

  #watch(connection: Redis): void {
    let last: Error | undefined;
    connection.removeAllListeners("error"); // RedisPresence logs each attempt; here an outage is told once
    connection.on("error", (error: Error) => {
      last = error;
    });
    connection.on("ready", () => {
      last = undefined;
      this.#readyAt.set(connection, this.#clock.monotonic());
      this.#tell();
    });
    connection.on("close", () => {
      this.#readyAt.delete(connection);
      this.#tell(last ?? new RedisAway("Redis did not answer"));
    });
  }

  /** Once for each outage, and for its end; one that is there from the beginning is an outage too. */
  #tell(error?: Error): void {
    const isUp = this.goodForMs !== undefined;
    if (isUp === this.#wasUp || this.#isClosing || (!isUp && !error)) return;
    this.#wasUp = isUp;
    this.#onChange(isUp, error);
  }
}
