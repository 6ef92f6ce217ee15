import type { Clock } from "#rooms/node/clock.ts";
import type { Runner, Scheduler } from "./scheduler.ts";

/** A node or a page: it lives, stands still for a while, dies. Its clock is the clock of both libraries. */
export class SimProcess implements Runner {
  readonly name: string;
  readonly clock: Clock;
  isAlive = true;
  /** When it stood still last, and when it went on. */
  frozenAt: number | undefined;
  thawedAt: number | undefined;
  /** Somebody set the clock on the wall. */
  wallOffset = 0;
  readonly #scheduler: Scheduler;
  readonly #ends: (() => void)[] = [];
  /** Answers that came while it stood still are handled before its timers, as after a SIGSTOP. */
  #heldAnswers = 0;

  constructor(name: string, scheduler: Scheduler) {
    this.name = name;
    this.#scheduler = scheduler;
    this.clock = {
      now: () => epochMs + scheduler.now + this.wallOffset,
      monotonic: () => scheduler.now,
      after: (ms, call) => scheduler.timer(this, ms, call),
    };
  }

  get isFrozen(): boolean {
    return this.frozenAt !== undefined && this.thawedAt === undefined;
  }

  get isRunning(): boolean {
    return this.isAlive && !this.isFrozen;
  }

  mayRun(isTimer: boolean): boolean {
    return !this.isFrozen && !(isTimer && this.#heldAnswers > 0);
  }

  freeze(): void {
    this.frozenAt = this.#scheduler.now;
    this.thawedAt = undefined;
  }

  thaw(): void {
    if (!this.isFrozen) return;
    this.thawedAt = this.#scheduler.now;
    this.#heldAnswers = this.#scheduler.waitingFor(this);
  }

  /** An answer that came at this time was handled. */
  handled(at: number): void {
    if (this.#heldAnswers > 0 && at <= (this.thawedAt ?? -1)) this.#heldAnswers -= 1;
  }

  onEnd(call: () => void): void {
    this.#ends.push(call);
  }

  /** Nothing of it is left but what it had sent. */
  kill(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    this.#scheduler.forget(this);
    for (const end of this.#ends) end();
  }
}

/** 2026-01-01. */
const epochMs = 1_767_225_600_000;
