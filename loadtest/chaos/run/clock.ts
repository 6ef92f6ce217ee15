import { globSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The wall clock of the nodes, which can be turned; their monotonic clock goes on as it does. */
export class WallClock {
  /** libfaketime, where it is installed. */
  readonly program: string | undefined;
  readonly #file: string;

  constructor(folder: string) {
    this.program = globSync("/usr/lib/*/faketime/libfaketime.so.1")[0];
    this.#file = join(folder, "clock");
    this.step(0);
  }

  get env(): NodeJS.ProcessEnv {
    if (!this.program) return {};
    return {
      ...{ LD_PRELOAD: this.program, FAKETIME_TIMESTAMP_FILE: this.#file, FAKETIME_CACHE_DURATION: "1" },
      ...{ FAKETIME_DONT_FAKE_MONOTONIC: "1", DONT_FAKE_MONOTONIC: "1" },
    };
  }

  step(seconds: number): void {
    writeFileSync(this.#file, `${seconds >= 0 ? "+" : "-"}${Math.abs(seconds)}\n`);
  }
}
