import { spawn, type ChildProcess, type Serializable } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Guard } from "./guarded.ts";

export type ChildPlan = {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Where it writes what it says; goes on in the same file when it is started again. */
  readonly logFile: string;
  /** Whether we can send it messages. */
  readonly talks?: boolean;
};

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** A process that can be ended in every way there is, and started again. */
export class Child {
  readonly plan: ChildPlan;
  readonly #guard: Guard;
  #process: ChildProcess | undefined;
  #logFrom = 0;
  exited: Promise<Exit> = Promise.resolve({ code: null, signal: null });

  constructor(plan: ChildPlan, guard: Guard) {
    this.plan = plan;
    this.#guard = guard;
  }

  get isRunning(): boolean {
    const child = this.#process;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** What it has said since it was started. */
  get said(): string {
    return readFileSync(this.plan.logFile).subarray(this.#logFrom).toString();
  }

  /** @param env on top of the plan's, for this time */
  spawn(env: NodeJS.ProcessEnv = {}): void {
    if (this.isRunning) throw new Error(`${this.plan.program} runs already`);
    const { program, args, logFile, talks = false } = this.plan;
    const log = openSync(logFile, "a");
    this.#logFrom = statSync(logFile).size;
    const child = spawn(program, args, {
      env: { ...process.env, ...this.plan.env, ...env },
      stdio: ["ignore", log, log, ...(talks ? (["ipc"] as const) : [])],
    });
    closeSync(log);
    this.#process = child;
    this.exited = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => {
        if (child.pid) this.#guard.forget(child.pid);
        resolve({ code, signal });
      });
    });
    if (child.pid) this.#guard.watch(child.pid);
  }

  /** Resolves with what the pattern found in its words. */
  async says(pattern: RegExp, withinMs = 90_000): Promise<RegExpExecArray> {
    const late = performance.now() + withinMs;
    for (;;) {
      const wasRunning = this.isRunning;
      const found = pattern.exec(this.said);
      if (found) return found;
      if (!wasRunning) throw new Error(`${this.plan.program} ended before it said ${pattern.source}:\n${this.said}`);
      if (performance.now() > late)
        throw new Error(`${this.plan.program} did not say ${pattern.source}:\n${this.said}`);
      await delay(20);
    }
  }

  tell(message: Serializable): void {
    if (this.#process?.connected) this.#process.send(message, () => undefined); // it may be gone: that is what is tested
  }

  hear(listener: (message: unknown) => void): void {
    this.#process?.on("message", listener);
  }

  signal(name: NodeJS.Signals): void {
    if (this.isRunning) this.#process?.kill(name);
  }

  /** Also a frozen one. */
  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await this.exited;
  }
}
