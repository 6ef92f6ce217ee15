import { limits } from "#protocol/limits.ts";
import type { Cancel, Clock } from "./world.ts";

/** Tells the desk that I am writing: every three seconds at most, however often a key is pressed, and once when I stop. */
export class TypingSignal {
  readonly #clock: Clock;
  readonly #send: (on: boolean) => void;
  #toldAt: number | undefined;
  #cancelStop: Cancel | undefined;

  constructor(clock: Clock, send: (on: boolean) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  set(on: boolean): void {
    this.#cancelStop?.();
    if (!on) return this.#stop();
    // Whoever falls silent in the middle of a sentence is not writing any more.
    this.#cancelStop = this.#clock.after(limits.typingExpiresMs, () => this.#stop());
    const now = this.#clock.now();
    if (this.#toldAt !== undefined && now - this.#toldAt < limits.typingRefreshMs) return;
    this.#toldAt = now;
    this.#send(true);
  }

  /** The message itself says that I have stopped. */
  forget(): void {
    this.#cancelStop?.();
    this.#toldAt = undefined;
  }

  #stop(): void {
    if (this.#toldAt === undefined) return;
    this.#toldAt = undefined;
    this.#send(false);
  }
}
