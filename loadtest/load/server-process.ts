import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export type ServerSettings = {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly secret: string;
  /** Processors, as taskset takes them. */
  readonly pinned?: string | undefined;
  readonly profile?: string | undefined;
};

/** What the limits on rates are raised by: virtual people come from one address and type faster than people. */
export const rateFactor = 1000;

const root = join(import.meta.dirname, "../..");

/** Roomdesk as it runs in production, in a process of its own. */
export class ServerProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  static async start(settings: ServerSettings): Promise<ServerProcess> {
    const { pinned, profile } = settings;
    const flags =
      profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`, "--cpu-prof-name=server.cpuprofile"];
    const node = [process.execPath, ...flags, "server/start.ts"];
    const [program = "", ...args] = pinned === undefined ? node : ["taskset", "-c", pinned, ...node];
    const child = spawn(program, args, { cwd: root, env: environment(settings), stdio: ["ignore", "pipe", "pipe"] });
    return new ServerProcess(child, await readyUrl(child));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    await ended;
  }
}

function environment({ folder, databaseUrl, secret }: ServerSettings): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  const settings = { DATABASE_URL: databaseUrl, ROOMDESK_SECRET: secret, ROOMDESK_DATA: join(folder, "server") };
  const rates = { ROOMDESK_RATE_FACTOR: String(rateFactor) };
  return { PATH, HOME, NODE_ENV: "production", HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "warn", ...settings, ...rates };
}

/** The address at which it says it is ready. */
function readyUrl(child: ChildProcess): Promise<string> {
  let printed = "";
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      printed += chunk.toString();
      const [, url] = /^ready (http\S+)$/m.exec(printed) ?? [];
      if (url === undefined) return;
      child.stdout?.off("data", hear).resume();
      resolve(url);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      process.stderr.write(chunk);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The server ended with ${code} before it was ready:\n${printed}`)));
  });
}
