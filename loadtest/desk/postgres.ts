import { chmodSync, mkdirSync } from "node:fs";
import { packagedBinaries } from "#db/embedded/binaries.ts";
import { clusterPassword, prepareCluster } from "#db/embedded/cluster.ts";
import { findFoothold, type Foothold } from "#db/embedded/foothold.ts";
import { launch, relaunch, superuserUrl } from "#db/embedded/launch.ts";
import type { ServerProcess, ServerSettings } from "#db/embedded/server-process.ts";
import type { Guard } from "./guarded.ts";

type Parts = {
  readonly foothold: Foothold;
  readonly settings: ServerSettings;
  readonly url: string;
  readonly guard: Guard;
};

const quietly = () => undefined;

/** A PostgreSQL that keeps its port and its data however it is ended. With fsync, as people run it. */
export class DeskPostgres {
  /** The superuser's address. */
  readonly url: string;
  /** It may also end by itself, as when its disk is full. */
  isRunning = false;
  readonly #parts: Parts;
  #server: ServerProcess;

  private constructor(parts: Parts, server: ServerProcess) {
    this.url = parts.url;
    this.#parts = parts;
    this.#server = server;
    this.#watch(server);
  }

  static async start(folder: string, guard: Guard): Promise<DeskPostgres> {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o711); // its own account must pass through
    const foothold = findFoothold(packagedBinaries(), folder, ["account", "namespace"]);
    if (!foothold) throw new Error(`PostgreSQL may not run as root, and no other account can enter ${folder}.`);
    const password = clusterPassword(folder);
    await prepareCluster(foothold, password, quietly);
    const { settings, server } = await launch(foothold, true, quietly);
    return new DeskPostgres({ foothold, settings, guard, url: tcpOnly(superuserUrl(settings, password)) }, server);
  }

  get pid(): number {
    return this.#server.pid;
  }

  /** At once, without a word to anybody, as a power cut does; it is repaired from its log when it starts again. */
  async immediate(): Promise<void> {
    await this.#end("SIGQUIT");
  }

  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** As an operator does: sessions are cut, what is committed is written down. */
  async stop(): Promise<void> {
    await this.#server.stop();
  }

  async start(): Promise<void> {
    this.#server = await relaunch(this.#parts.foothold, this.#parts.settings, quietly);
    this.#watch(this.#server);
  }

  #watch(server: ServerProcess): void {
    const { guard } = this.#parts;
    guard.watch(server.pid);
    this.isRunning = true;
    void server.exited.then(() => {
      guard.forget(server.pid);
      if (server === this.#server) this.isRunning = false;
    });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.isRunning) process.kill(this.#server.pid, signal);
    await this.#server.exited;
  }
}

/** By its port, so that a proxy can stand in between. */
function tcpOnly(url: string): string {
  const address = new URL(url);
  address.search = "";
  return address.href;
}
