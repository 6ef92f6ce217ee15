import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Account as SignIn } from "#loadtest/people/agents.ts";
import type { Order, Word } from "./crew-talk.ts";
import type { Account } from "./ledger.ts";
import type { Pace } from "./rate-plan.ts";

/** A process of clients could not do what it was told. Its message is what that process said. */
export class CrewFailed extends Error {
  override readonly name = "CrewFailed";
}

export type CrewSettings = {
  readonly processes: number;
  /** The processor of each process. */
  readonly pinned?: readonly number[] | undefined;
  readonly profile?: string | undefined;
  readonly hear: (word: Word) => void;
};

/** The processes of clients, who all do the same at the same time, each with its own part of the people. */
export class Crew {
  readonly #members: readonly ChildProcess[];
  readonly #hear: (word: Word) => void;

  constructor({ processes, pinned, profile, hear }: CrewSettings) {
    this.#hear = hear;
    this.#members = Array.from({ length: processes }, (_, i) => member(pinned?.[i % pinned.length], profile));
  }

  get pids(): readonly number[] {
    return this.#members.map(({ pid = 0 }) => pid);
  }

  enter(desk: string, inboxKey: string, agents: readonly SignIn[]): Promise<unknown> {
    return this.#all((i) => ({ order: "enter", desk, inboxKey, agents: this.#part(agents, i) }));
  }

  open(conversations: number): Promise<unknown> {
    const numbers = Array.from({ length: conversations }, (_, number) => number);
    return this.#all((i) => ({ order: "open", mine: this.#part(numbers, i) }));
  }

  talk(pace: Pace, bytes: number, isWarmUp = false): Promise<unknown> {
    const startAt = Date.now() + 200; // so that all of them have it by then
    return this.#all(() => ({ order: "talk", pace, bytes, startAt, isWarmUp }));
  }

  async accounts(): Promise<readonly Account[]> {
    const words = await this.#all(() => ({ order: "account" }));
    return words.flatMap((word) => (word.say === "accounts" ? word.accounts : []));
  }

  /** Ids by conversation, as the desk's own pages show them. */
  async histories(): Promise<Map<string, ReadonlySet<string>>> {
    const words = await this.#all(() => ({ order: "histories" }));
    return new Map(words.flatMap((word) => (word.say === "history" ? [[word.conversationId, new Set(word.ids)]] : [])));
  }

  async dismiss(): Promise<void> {
    await Promise.all(
      this.#members.map(async (one) => {
        if (one.exitCode !== null || one.signalCode !== null) return;
        const gone = new Promise((resolve) => one.once("exit", resolve));
        one.disconnect();
        await gone;
      }),
    );
  }

  #part = <T>(all: readonly T[], i: number): T[] => all.filter((_, at) => at % this.#members.length === i);

  async #all(order: (i: number) => Order): Promise<readonly Word[]> {
    const parts = await Promise.all(this.#members.map((one, i) => this.#ask(one, order(i))));
    return parts.flat();
  }

  /** Everything it says until it is done. */
  #ask(one: ChildProcess, order: Order): Promise<readonly Word[]> {
    return new Promise((resolve, reject) => {
      const words: Word[] = [];
      const end = (tell: () => void) => {
        one.off("message", hear).off("exit", died);
        tell();
      };
      const died = () => end(() => reject(new Error(`A process of clients ended while it was to ${order.order}.`)));
      const hear = (word: Word) => {
        if (word.say === "done") end(() => resolve(words));
        else if (word.say === "failed") end(() => reject(new CrewFailed(word.why)));
        else if (word.say === "opened" || word.say === "heard") this.#hear(word);
        else words.push(word);
      };
      one.on("message", hear).once("exit", died);
      one.send(order);
    });
  }
}

/** Young garbage is most of what many people in one process make; with room for it, it costs a third. */
const roomForGarbage = "--max-semi-space-size=64";

function member(pinned: number | undefined, profile: string | undefined): ChildProcess {
  const file = fileURLToPath(new URL("worker.ts", import.meta.url));
  const name = `clients${pinned ?? ""}.cpuprofile`;
  const profiling = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`, `--cpu-prof-name=${name}`];
  const flags = [roomForGarbage, ...profiling];
  const options = { stdio: ["ignore", "inherit", "inherit", "ipc"] as "inherit"[], serialization: "advanced" } as const;
  if (pinned === undefined) return fork(file, { ...options, execArgv: flags });
  return fork(file, { ...options, execPath: "taskset", execArgv: ["-c", String(pinned), process.execPath, ...flags] });
}
