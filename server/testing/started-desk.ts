import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Demo } from "../demo/demo-file.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const unbuilt = [process.execPath, "server/start.ts"];

/** Roomdesk as people start it: a process of its own. */
export class StartedDesk {
  readonly #child: ChildProcess;
  readonly #dataFolder: string;
  #printed = "";

  constructor(dataFolder: string, settings: Record<string, string> = {}, command: readonly string[] = unbuilt) {
    this.#dataFolder = dataFolder;
    const plain = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(NODE_|VITEST|ROOMDESK|REDIS_URL$|DATABASE_URL$)/.test(name)),
    );
    const env = { ...plain, PORT: "0", ROOMDESK_DATA: dataFolder, LOG_LEVEL: "warn", ...settings };
    const [program = "", ...args] = command;
    this.#child = spawn(program, args, {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on("data", (chunk: Buffer) => (this.#printed += chunk.toString()));
  }

  get printed(): string {
    return this.#printed;
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`It was not started:\n${this.#printed}`);
    return this.#child.pid;
  }

  /** Stands still as a frozen machine does: its sockets stay open and nothing is answered. */
  freeze(): void {
    this.#child.kill("SIGSTOP");
  }

  thaw(): void {
    this.#child.kill("SIGCONT");
  }

  /** The address it says it is ready at. */
  async ready(): Promise<string> {
    const ended = once(this.#child, "exit").then(() => {
      throw new Error(`It ended before it was ready:\n${this.#printed}`);
    });
    const said = new Promise<string>((resolve) => {
      const look = () => {
        const [, url] = /^ready (http\S+)$/m.exec(this.#printed) ?? [];
        if (url !== undefined) resolve(url);
      };
      this.#child.stdout?.on("data", look);
      look();
    });
    return Promise.race([said, ended]);
  }

  demo(): Demo & { url: string } {
    return JSON.parse(readFileSync(join(this.#dataFolder, "demo.json"), "utf8")) as Demo & { url: string };
  }

  /** The exit code; `null` when a signal ended it. */
  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, "exit");
    return this.#child.exitCode;
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.#child.kill(signal);
    return this.ended();
  }
}
