import { limits } from "#protocol/limits.ts";
import type { RefusalCode } from "#protocol/refusals.ts";
import { isFetched, isPaged, isRefused, isTransient } from "./answers.ts";
import { wire } from "./link.ts";
import type { Thread } from "./thread.ts";
import type { ConversationEvent } from "#protocol/conversation.ts";
import type { Cancel, Clock } from "./world.ts";

export type CatchUpParts = {
  readonly thread: Thread;
  readonly clock: Clock;
  /** `undefined`: no answer. */
  readonly ask: (type: string, payload: unknown) => Promise<unknown>;
  /** A page has come. */
  readonly began: () => void;
  readonly caught: (events: readonly ConversationEvent[]) => void;
  /** The desk will not tell us. */
  readonly refused: (code: RefusalCode) => void;
};

const pageLines = 60;
const againMs = 1000;
const graceMs = 250;
/** Longer than whoever asks keeps trying: it ends only what has been forgotten on the way. */
const fetchWithinMs = limits.ackWithinMs + 1000;
const pageWithinMs = 15_000;

/** Fetches what is missing: the first page, what lies in a hole, or a snapshot when that is too much. One at a time. */
export class CatchUp {
  readonly #parts: CatchUpParts;
  #isRunning = false;
  #isOver = false;
  #cancelAgain: Cancel | undefined;

  constructor(parts: CatchUpParts) {
    this.#parts = parts;
  }

  /** Frames and the number of the newest one travel apart: a moment's patience spares a fetch for each of them. */
  soon(): void {
    this.#cancelAgain ??= this.#parts.clock.after(graceMs, () => this.run());
  }

  run(): void {
    this.#cancelAgain?.();
    this.#cancelAgain = undefined;
    if (!this.#isRunning && !this.#isOver && this.#isBehind) void this.#run();
  }

  stop(): void {
    this.#isOver = true;
    this.#cancelAgain?.();
  }

  get #isBehind(): boolean {
    const { inbox } = this.#parts.thread;
    return inbox.contiguous === undefined || inbox.missing > 0;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#isBehind && !this.#isOver) {
      const { inbox } = this.#parts.thread;
      const since = inbox.contiguous;
      const isDone =
        since === undefined || inbox.missing > limits.replayMax ? await this.#page() : await this.#fetch(since);
      if (!isDone) break;
    }
    this.#isRunning = false;
  }

  async #page(): Promise<boolean> {
    const { thread, began } = this.#parts;
    thread.inbox.pause();
    const answer = await this.#ask(wire.page, { limit: pageLines }, pageWithinMs);
    if (this.#isOver) return false;
    if (!isPaged(answer)) return this.#failed(answer);
    thread.begin(answer);
    began();
    return true;
  }

  async #fetch(since: number): Promise<boolean> {
    const { thread, caught } = this.#parts;
    const answer = await this.#ask(wire.fetch, { since, limit: limits.fetchMax }, fetchWithinMs);
    if (this.#isOver) return false;
    if (!isFetched(answer)) return this.#failed(answer);
    caught(thread.fetched(since, answer));
    // A reader that is behind the head it told of: the next ping asks again.
    return (thread.inbox.contiguous ?? 0) > since;
  }

  /** An answer that never comes keeps nobody from asking again. */
  #ask(type: string, payload: unknown, withinMs: number): Promise<unknown> {
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.after(withinMs, () => resolve(undefined));
      void this.#parts.ask(type, payload).then((answer) => {
        cancel();
        resolve(answer);
      });
    });
  }

  #failed(answer: unknown): false {
    const { clock, refused } = this.#parts;
    if (isRefused(answer) && !isTransient(answer.code)) refused(answer.code);
    else this.#cancelAgain ??= clock.after((isRefused(answer) && answer.retryInMs) || againMs, () => this.run());
    return false;
  }
}
