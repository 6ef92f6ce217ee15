import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePorts } from "../net/loopback.ts";
import { Child } from "./child.ts";
import type { Guard } from "./guarded.ts";

/** A Redis that keeps its port. It remembers over restarts (AOF), unless it is told to come back empty. */
export class DeskRedis {
  readonly url: string;
  readonly #port: number;
  readonly #data: string;
  readonly #child: Child;

  private constructor(port: number, folder: string, guard: Guard) {
    this.url = `redis://127.0.0.1:${port}`;
    this.#port = port;
    this.#data = join(folder, "redis");
    const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", this.#data, "--save", "", "--appendonly", "yes"];
    this.#child = new Child(
      { program: redisProgram() ?? "redis-server", args, logFile: join(folder, "redis.log") },
      guard,
    );
  }

  static async start(folder: string, guard: Guard): Promise<DeskRedis> {
    const [port = 0] = await freePorts(1);
    const redis = new DeskRedis(port, folder, guard);
    await redis.start();
    return redis;
  }

  async start({ empty = false }: { empty?: boolean } = {}): Promise<void> {
    if (empty) rmSync(this.#data, { recursive: true, force: true });
    mkdirSync(this.#data, { recursive: true });
    this.#child.spawn();
    while (!(await this.#answers())) {
      if (!this.#child.isRunning) throw new Error(`Redis ended before it was ready:\n${this.#child.said}`);
      await delay(20);
    }
  }

  kill = (): Promise<void> => this.#child.kill();
  freeze = (): void => this.#child.signal("SIGSTOP");
  thaw = (): void => this.#child.signal("SIGCONT");

  #answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect({ port: this.#port, host: "127.0.0.1", timeout: 1000 }, () => socket.write("PING\r\n"));
      const settle = (yes: boolean) => {
        socket.destroy();
        resolve(yes);
      };
      socket.once("data", (bytes: Buffer) => settle(bytes.toString().startsWith("+PONG")));
      socket.once("error", () => settle(false));
      socket.once("timeout", () => settle(false));
    });
  }
}

/** `undefined`: there is none on this machine. */
export const redisProgram = (): string | undefined =>
  ["redis-server", "valkey-server"].find((name) => spawnSync(name, ["--version"]).status === 0);
