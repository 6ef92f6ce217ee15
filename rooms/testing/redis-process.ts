import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** A real Redis of one's own that can be killed, frozen and started again; it keeps its port and forgets the rest. */
export class RedisProcess {
  readonly #port: number;
  #child: ChildProcess | undefined;

  private constructor(port: number) {
    this.#port = port;
  }

  static async start(): Promise<RedisProcess> {
    const redis = new RedisProcess(await freePort());
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  /** Comes up empty. */
  async start(): Promise<void> {
    const settings = ["--port", String(this.#port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    const child = spawn(program(), settings, { stdio: "ignore" });
    this.#child = child;
    while ((await this.ask("PING").catch(() => "")) !== "+PONG") {
      if (child.exitCode !== null) throw new Error(`Redis ended with ${child.exitCode}`);
      await delay(10);
    }
  }

  freeze(): void {
    this.#child?.kill("SIGSTOP");
  }

  thaw(): void {
    this.#child?.kill("SIGCONT");
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  /** One command in a line, and its answer in one: of nothing, nothing. */
  ask(command: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: "127.0.0.1", port: this.#port }, () => socket.write(`${command}\r\n`));
      socket.once("data", (answer: Buffer) => {
        const [first = "", text = ""] = answer.toString().split("\r\n", 2);
        resolve(first.startsWith("$") ? text : first);
        socket.destroy();
      });
      socket.once("error", reject);
    });
  }
}

function program(): string {
  const found = ["redis-server", "valkey-server"].find((name) => spawnSync(name, ["--version"]).status === 0);
  if (!found) throw new Error("There is no Redis on the PATH; `npm test` installs one.");
  return found;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
