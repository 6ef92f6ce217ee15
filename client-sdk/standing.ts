import { linkPatienceMs } from "./courier.ts";
import type { LinkState } from "./link-keeper.ts";
import type { Cancel, Clock } from "./world.ts";

/** How a link stands, as a person is told. `back`: it was gone, and they may want to know that it is not any more. */
export type Connection = "connecting" | "online" | "reconnecting" | "offline" | "back";

const backForMs = 3000;

export class Standing {
  readonly #clock: Clock;
  readonly #changed: () => void;
  #state: LinkState = "connecting";
  #wasOnline = false;
  #isBack = false;
  #downSince: number;
  #cancelBack: Cancel | undefined;

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
    this.#downSince = clock.now();
  }

  get connection(): Connection {
    if (this.#state === "online") return this.#isBack ? "back" : "online";
    return this.#state === "ended" ? "offline" : this.#state;
  }

  /** There is no link, but it may be there in a moment. */
  get isPatient(): boolean {
    const isRecent = this.#clock.now() - this.#downSince < linkPatienceMs;
    return this.#state === "offline" || (isRecent && (this.#state === "connecting" || this.#state === "reconnecting"));
  }

  see(state: LinkState): void {
    this.#cancelBack?.();
    if (this.#state === "online") this.#downSince = this.#clock.now();
    this.#isBack = state === "online" && this.#wasOnline;
    this.#wasOnline ||= state === "online";
    if (this.#isBack) this.#cancelBack = this.#clock.after(backForMs, () => this.#settle());
    this.#state = state;
    this.#changed();
  }

  stop(): void {
    this.#cancelBack?.();
  }

  #settle(): void {
    this.#isBack = false;
    this.#changed();
  }
}
