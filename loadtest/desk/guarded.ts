import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Ends what was started when its starter has gone, see `guard.ts`. */
export class Guard {
  readonly #process: ChildProcess;

  constructor() {
    const program = join(import.meta.dirname, "guard.ts");
    this.#process = spawn(process.execPath, [program], { stdio: ["pipe", "ignore", "inherit"], detached: true });
    this.#process.unref();
    const stdin = this.#process.stdin as Socket;
    stdin.unref();
    stdin.on("error", () => undefined); // it was ended by force: then nothing guards, and nothing else is lost
  }

  watch(pid: number): void {
    this.#say(`watch ${pid}`);
  }

  forget(pid: number): void {
    this.#say(`forget ${pid}`);
  }

  /** A folder for as long as we live. Others may pass through: PostgreSQL does not run as root. */
  folder(prefix: string): string {
    const folder = mkdtempSync(join(tmpdir(), prefix));
    chmodSync(folder, 0o711);
    this.#say(`folder ${folder}`);
    return folder;
  }

  /** It outlives us after all. */
  keep(folder: string): void {
    this.#say(`keep ${folder}`);
  }

  /** A file system to be unmounted. */
  mounted(folder: string): void {
    this.#say(`mount ${folder}`);
  }

  /** Ends everything that still runs, and the folders. */
  async end(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.ref();
    this.#process.stdin?.end();
    await ended;
  }

  #say(line: string): void {
    this.#process.stdin?.write(`${line}\n`);
  }
}
