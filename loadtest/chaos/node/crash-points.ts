import type { NodeCrashPoint } from "./orders.ts";

/** Dies when it is reached, as by `kill -9`: the kernel ends the process before the call returns. */
export class CrashPoints {
  #point: NodeCrashPoint | undefined;
  #after = 0;
  readonly #die: () => void;

  constructor(die: () => void = () => process.kill(process.pid, "SIGKILL")) {
    this.#die = die;
  }

  arm(point: NodeCrashPoint, after: number): void {
    this.#point = point;
    this.#after = after;
  }

  reached(point: NodeCrashPoint): void {
    if (point !== this.#point) return;
    this.#after -= 1;
    if (this.#after <= 0) this.#die();
  }
}
