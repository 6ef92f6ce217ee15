import { Unavailable } from "#core/ports/conversation-log.ts";
import { Deadline } from "./deadline.ts";

/** Where the batches go. Every method may throw `Unavailable`: nobody knows whether it was committed. */
export type Lane<Item, Result> = {
  /** Of one of these only one item is under way at any time. */
  keyOf(item: Item): string;
  /** Commits all at once. Any other error than `Unavailable` says that nothing was, for the fault of one of them. */
  many(items: readonly Item[]): Promise<readonly (Result | HeldUp)[]>;
  /** Commits one, waiting for whoever holds it up. */
  one(item: Item): Promise<Result>;
};

/** This item was left out, since somebody else has its row or it needs more than the others: it goes on alone, and they need not wait. */
export const heldUp = Symbol("held up");
export type HeldUp = typeof heldUp;

export type GroupCommitOptions = {
  readonly maxBatch: number;
  /** A second batch starts beside the first one when so many wait: enough to be worth a commit of their own. */
  readonly overlapFrom: number;
  /** More waiting than that are refused: a server must not become a buffer of what it may lose. */
  readonly maxWaiting: number;
  /** After this the caller is told `Unavailable`, whatever comes of it later. */
  readonly patienceMs: number;
  /** How many held-up items wait at once, each on a connection of its own. */
  readonly maxAlone: number;
  /** After each attempt, for metrics. */
  readonly onBatch?: (size: number, ms: number, error: unknown) => void;
};

const defaults: GroupCommitOptions = {
  maxBatch: 500,
  overlapFrom: 64,
  maxWaiting: 20_000,
  patienceMs: 2500,
  maxAlone: 2,
};

type Waiting<Item, Result> = {
  readonly item: Item;
  readonly key: string;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * The node's one writer: commits together what has gathered since the last commit. It never waits to fill a batch, so
 * somebody who is alone waits for nobody; and it has at most one item of a key under way, so a key's items keep their order.
 */
export class GroupCommit<Item, Result> {
  readonly #lane: Lane<Item, Result>;
  readonly #options: GroupCommitOptions;
  readonly #deadline: Deadline<Waiting<Item, Result>>;
  readonly #underWay = new Set<string>();
  #waiting: Waiting<Item, Result>[] = [];
  #aside: Waiting<Item, Result>[] = [];
  #alone = 0;
  #batches = 0;
  #woken = false;

  constructor(lane: Lane<Item, Result>, options: Partial<GroupCommitOptions> = {}) {
    this.#lane = lane;
    this.#options = { ...defaults, ...options };
    this.#deadline = new Deadline(this.#options.patienceMs, (late) => this.#giveUp(late));
  }

  /** How many have been submitted and not committed yet. */
  get size(): number {
    return this.#waiting.length + this.#underWay.size;
  }

  /** Resolves after the commit. */
  submit(item: Item): Promise<Result> {
    if (this.#waiting.length >= this.#options.maxWaiting)
      return Promise.reject(new Unavailable("Too many appends are waiting"));
    return new Promise((resolve, reject) => {
      const one = { item, key: this.#lane.keyOf(item), resolve, reject };
      this.#waiting.push(one);
      this.#deadline.start(one);
      this.#wake();
    });
  }

  close(): void {
    this.#deadline.close();
  }

  #wake(): void {
    if (this.#woken) return;
    this.#woken = true;
    // Not at once: who submits in the same turn of the event loop goes along.
    queueMicrotask(() => {
      this.#woken = false;
      this.#start();
    });
  }

  #start(): void {
    while (this.#batches === 0 || (this.#batches === 1 && this.#waiting.length >= this.#options.overlapFrom)) {
      const batch = this.#next();
      if (batch.length === 0) return;
      this.#batches += 1;
      void this.#commit(batch).finally(() => {
        this.#batches -= 1;
        this.#wake();
      });
    }
  }

  #next(): Waiting<Item, Result>[] {
    const batch: Waiting<Item, Result>[] = [];
    const later: Waiting<Item, Result>[] = [];
    for (const one of this.#waiting) {
      if (batch.length === this.#options.maxBatch || this.#underWay.has(one.key)) later.push(one);
      else {
        this.#underWay.add(one.key);
        batch.push(one);
      }
    }
    this.#waiting = later;
    return batch;
  }

  async #commit(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const began = performance.now();
    const attempt = await this.#lane.many(batch.map(({ item }) => item)).then(
      (results) => ({ results, error: undefined }),
      (error: unknown) => ({ results: undefined, error }),
    );
    if (attempt.results) batch.forEach((one, i) => this.#settle(one, attempt.results[i]));
    else await this.#refused(batch, attempt.error);
    this.#options.onBatch?.(batch.length, performance.now() - began, attempt.error);
  }

  /** One item's fault must not fail the others: halves are tried again, until it stands alone. */
  async #refused(batch: readonly Waiting<Item, Result>[], error: unknown): Promise<void> {
    if (error instanceof Unavailable || batch.length === 1) {
      for (const one of batch) this.#end(one, () => one.reject(error));
      return;
    }
    const half = batch.length >> 1;
    await this.#commit(batch.slice(0, half));
    await this.#commit(batch.slice(half));
  }

  #settle(one: Waiting<Item, Result>, result: Result | HeldUp | undefined): void {
    if (result === heldUp) {
      this.#aside.push(one);
      this.#goOnAlone();
    } else if (result === undefined) {
      this.#end(one, () => one.reject(new Error("The lane gave no result for an item")));
    } else this.#end(one, () => one.resolve(result));
  }

  #goOnAlone(): void {
    if (this.#alone >= this.#options.maxAlone) return;
    const one = this.#aside.shift();
    if (!one) return;
    this.#alone += 1;
    void this.#lane
      .one(one.item)
      .then(
        (result) => this.#end(one, () => one.resolve(result)),
        (error: unknown) => this.#end(one, () => one.reject(error)),
      )
      .finally(() => {
        this.#alone -= 1;
        this.#goOnAlone();
      });
  }

  #end(one: Waiting<Item, Result>, tell: () => void): void {
    this.#underWay.delete(one.key);
    this.#deadline.stop(one);
    tell();
    this.#wake();
  }

  /** Whether it is committed is left open; its key stays under way until the lane says so. */
  #giveUp(late: Waiting<Item, Result>): void {
    const at = this.#waiting.indexOf(late);
    if (at >= 0) this.#waiting.splice(at, 1);
    late.reject(new Unavailable("The database did not answer in time"));
  }
}
