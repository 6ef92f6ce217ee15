import { backoffMs } from "./backoff.ts";
import type { Cancel, World } from "./world.ts";

/** What became of one attempt: settled one way or the other, or to be made again. */
export type Attempt = "settled" | { readonly retryInMs?: number | undefined; readonly isAnswered?: boolean };

export type DrainTask = {
  /** Whether there is a row of this conversation to be sent now. */
  hasNext(conversation: string): boolean;
  /** Sends the first one, once. */
  attempt(conversation: string): Promise<Attempt>;
};

/** Empties the outbox: one row of a conversation after the other, each as often as it takes. */
export class Drain {
  readonly #task: DrainTask;
  readonly #world: Pick<World, "clock" | "chance">;
  readonly #running = new Set<string>();
  readonly #waiting = new Map<string, () => void>();
  #isStopped = false;

  constructor(task: DrainTask, world: Pick<World, "clock" | "chance">) {
    this.#task = task;
    this.#world = world;
  }

  /** There is something to send. A pause between attempts goes on. */
  begin(conversation: string): void {
    if (!this.#running.has(conversation)) void this.#run(conversation);
  }

  /** There is a new way to send it: a pause ends, unless the desk itself has asked for it. */
  hurry(conversation: string): void {
    this.#waiting.get(conversation)?.();
    this.begin(conversation);
  }

  stop(): void {
    this.#isStopped = true;
    for (const wake of this.#waiting.values()) wake();
  }

  async #run(conversation: string): Promise<void> {
    this.#running.add(conversation);
    for (let tries = 0; !this.#isStopped && this.#task.hasNext(conversation);) {
      const waitingBefore = new Map(this.#waiting);
      const outcome = await this.#task.attempt(conversation);
      if (outcome === "settled") {
        tries = 0;
        this.#wakeStill(waitingBefore); // what reached the desk for one conversation will for the rest
      } else await this.#pause(conversation, outcome, tries++);
    }
    this.#running.delete(conversation);
  }

  #wakeStill(waiting: ReadonlyMap<string, () => void>): void {
    for (const [conversation, wake] of waiting) if (this.#waiting.get(conversation) === wake) wake();
  }

  #pause(conversation: string, outcome: Exclude<Attempt, "settled">, tries: number): Promise<void> {
    const { retryInMs: toldMs, isAnswered } = outcome;
    return new Promise((resolve) => {
      let cancel: Cancel = () => undefined;
      const wake = () => {
        cancel();
        this.#waiting.delete(conversation);
        resolve();
      };
      cancel = this.#world.clock.after(toldMs ?? backoffMs(tries, this.#world.chance, isAnswered), wake);
      if (toldMs === undefined) this.#waiting.set(conversation, wake);
    });
  }
}
