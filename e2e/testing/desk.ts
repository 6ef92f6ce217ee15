import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type DeskUser = {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly role: string;
};
type Demo = {
  readonly url: string;
  readonly users: readonly DeskUser[];
  readonly inboxes: readonly { name: string; key: string }[];
};

/** A whole Roomdesk as its users start it: a process of its own with a data folder of its own. */
export class Desk {
  readonly url: string;
  readonly dataFolder: string;
  readonly #environment: NodeJS.ProcessEnv;
  #process: ChildProcess | undefined;
  #output = "";

  private constructor(url: string, dataFolder: string, port: number) {
    this.url = url;
    this.dataFolder = dataFolder;
    const own = { PORT: String(port), ROOMDESK_DATA: dataFolder, LOG_LEVEL: "warn", REDIS_URL: "" }; // one node, alone
    this.#environment = { ...process.env, ...own };
  }

  /** Starts a desk with the demo's people on a free port of this machine. */
  static async start(): Promise<Desk> {
    const port = await freePort();
    const desk = new Desk(`http://localhost:${port}`, await mkdtemp(join(tmpdir(), "roomdesk-e2e-")), port);
    await desk.restart();
    return desk;
  }

  get output(): string {
    return this.#output;
  }

  async demo(): Promise<Demo> {
    return JSON.parse(await readFile(join(this.dataFolder, "demo.json"), "utf8")) as Demo;
  }

  async user(role: string): Promise<DeskUser> {
    const user = (await this.demo()).users.find((candidate) => candidate.role === role);
    if (!user) throw new Error(`The demo has no ${role}.`);
    return user;
  }

  /** Starts it, also after `kill`, with the same port and the same data. Resolves when it prints that it is ready. */
  async restart(): Promise<void> {
    const child = spawn(process.execPath, ["server/start.ts"], {
      env: this.#environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    this.#output = "";
    await new Promise<void>((ready, fail) => {
      const read = (chunk: Buffer) => {
        this.#output += chunk.toString();
        if (/^ready http/m.test(this.#output)) ready();
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.once("exit", (code) =>
        fail(new Error(`The desk ended with ${code} before it was ready:\n${this.#output}`)),
      );
    });
  }

  /** As a power cut would end it. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Ends its PostgreSQL at once, as an operator's `pg_ctl restart -m immediate` would; Roomdesk starts it again. */
  async restartDatabase(): Promise<void> {
    process.kill(await this.#postmaster(), "SIGQUIT");
  }

  /** Its PostgreSQL answers nobody, as on a disk that hangs. Resolves to what lets it go on. */
  async freezeDatabase(): Promise<() => void> {
    const postmaster = await this.#postmaster();
    const backends = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, "utf8");
    const frozen = [postmaster, ...backends.trim().split(" ").map(Number)]; // first who would start others
    for (const pid of frozen) process.kill(pid, "SIGSTOP");
    return () => frozen.forEach((pid) => process.kill(pid, "SIGCONT"));
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM");
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  async #postmaster(): Promise<number> {
    const pidFile = await readFile(join(this.dataFolder, "postgres", "postmaster.pid"), "utf8");
    return Number(pidFile.split("\n")[0]);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("No free port was given.");
  return address.port;
}
