import { connect, type Socket } from "node:net";
import { Line, noTrouble, type Trouble } from "./line.ts";
import { listenOnLoopback, type Loopback } from "./loopback.ts";
import type { FrameFault } from "./web-socket-frames.ts";

/** `up`: from those who connect to those who serve. */
export type Direction = "up" | "down";
export type Ways = Direction | "both";

type Connection = { readonly near: Socket; readonly far: Socket; readonly lines: readonly Line[]; isHalfOpen: boolean };

/** A TCP proxy whose network is as bad as it is told to be. */
export class FaultProxy {
  readonly #target: number;
  readonly #connections = new Set<Connection>();
  readonly #troubles: Readonly<Record<Direction, Trouble>> = { up: noTrouble(), down: noTrouble() };
  #server: Loopback | undefined;
  #isRefusing = false;

  private constructor(target: number) {
    this.#target = target;
  }

  /** @param target a port of loopback */
  static async open(target: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    proxy.#server = await listenOnLoopback((near) => proxy.#accept(near));
    return proxy;
  }

  get port(): number {
    if (!this.#server) throw new Error("The proxy is not open.");
    return this.#server.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get connections(): number {
    return this.#connections.size;
  }

  delay(ms: number, ways: Ways = "both"): void {
    this.#change(ways, (trouble) => (trouble.delayMs = ms));
  }

  throttle(bytesPerSecond: number, ways: Ways = "both"): void {
    this.#change(ways, (trouble) => (trouble.bytesPerSecond = bytesPerSecond));
  }

  /** Nothing passes until `heal`. Then what was held back arrives, as after a cable was plugged in again. */
  blackhole(ways: Ways = "both"): void {
    this.#change(ways, (trouble) => (trouble.isBlackhole = true));
  }

  /** The next frames with data of WebSockets, one for each. */
  mangle(direction: Direction, faults: readonly FrameFault[]): void {
    this.#troubles[direction].frameFaults.push(...faults);
  }

  /** Every connection ends at once, with a reset to both sides. */
  cut(): void {
    for (const { near, far } of this.#connections) [near, far].forEach((socket) => socket.resetAndDestroy());
  }

  /** One side is gone and the other is not told. New connections are as good as ever. */
  halfOpen(gone: "near" | "far"): void {
    for (const connection of this.#connections) {
      connection.isHalfOpen = true;
      connection[gone].resetAndDestroy();
    }
  }

  /** New connections are reset at once, until `heal`. */
  refuse(): void {
    this.#isRefusing = true;
    this.cut();
  }

  /** The network is as it should be. Halves of connections are ended, since nothing would ever end them. */
  heal(): void {
    this.#isRefusing = false;
    for (const trouble of Object.values(this.#troubles)) {
      Object.assign(trouble, { ...noTrouble(), frameFaults: trouble.frameFaults });
      trouble.frameFaults.length = 0;
    }
    for (const connection of this.#connections) {
      const { near, far, lines, isHalfOpen } = connection;
      if (isHalfOpen || near.destroyed || far.destroyed) this.#end(connection);
      else lines.forEach((line) => line.settle());
    }
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) this.#end(connection);
    await this.#server?.close();
  }

  #accept(near: Socket): void {
    if (this.#isRefusing) {
      near.on("error", () => undefined);
      near.resetAndDestroy();
      return;
    }
    const far = connect({ port: this.#target, host: "127.0.0.1", allowHalfOpen: true });
    const { up, down } = this.#troubles;
    const lines = [new Line(near, far, up), new Line(far, near, down)];
    const connection: Connection = { near, far, lines, isHalfOpen: false };
    this.#connections.add(connection);
    near.on("error", () => undefined); // cutting is what it is for
    far.on("error", () => undefined);
    near.once("close", () => this.#left(connection, up));
    far.once("close", () => this.#left(connection, down));
  }

  /** The other side hears of it unless the news would have to go through a hole. */
  #left(connection: Connection, way: Trouble): void {
    if (!connection.isHalfOpen && !way.isBlackhole) this.#end(connection);
    else if (connection.near.destroyed && connection.far.destroyed) this.#connections.delete(connection);
  }

  #end(connection: Connection): void {
    connection.near.destroy();
    connection.far.destroy();
    this.#connections.delete(connection);
  }

  #change(ways: Ways, change: (trouble: Trouble) => void): void {
    for (const way of ways === "both" ? (["up", "down"] as const) : [ways]) change(this.#troubles[way]);
    for (const { lines } of this.#connections) lines.forEach((line) => line.settle());
  }
}
