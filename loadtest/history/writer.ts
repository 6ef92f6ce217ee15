import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { monotonicMs, type Noted } from "./lines.ts";

const lineBreak = 0x0a;

/**
 * Writes a history. Each line is one write at the file's end, done when `note` returns: what was noted survives `kill -9`
 * of the process (not of the machine). Several processes may follow each other in one file.
 */
export class HistoryWriter {
  readonly #file: number;

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.#file = openSync(path, "a+");
    if (this.#endsTorn()) writeSync(this.#file, "\n");
  }

  note(noted: Noted, t = monotonicMs()): void {
    writeSync(this.#file, `${JSON.stringify({ t, ...noted })}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }

  /** Whoever wrote here before was killed in the middle of a line. */
  #endsTorn(): boolean {
    const { size } = fstatSync(this.#file);
    const last = Buffer.alloc(1);
    return size > 0 && readSync(this.#file, last, 0, 1, size - 1) === 1 && last[0] !== lineBreak;
  }
}
