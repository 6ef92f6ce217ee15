import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { WebSocketFrames, type FrameFault } from "./web-socket-frames.ts";

/** What is wrong with one direction, for all connections of a proxy. */
export type Trouble = {
  /** Nothing gets through, and nobody is told: neither bytes nor that the other end is gone. */
  isBlackhole: boolean;
  delayMs: number;
  /** 0: as many as there are. */
  bytesPerSecond: number;
  /** What the next frames with data meet, one each. */
  readonly frameFaults: FrameFault[];
};

export const noTrouble = (): Trouble => ({ isBlackhole: false, delayMs: 0, bytesPerSecond: 0, frameFaults: [] });

const bufferedMax = 256 * 1024;

type Waiting = { readonly bytes: Buffer; readonly due: number };

/** One direction of one connection. In order, and without loss: what TCP promises holds under every trouble. */
export class Line {
  readonly #source: Socket;
  readonly #sink: Socket;
  readonly #trouble: Trouble;
  readonly #frames: WebSocketFrames;
  readonly #queue: Waiting[] = [];
  #buffered = 0;
  #isRunning = false;
  #hasEnded = false;

  constructor(source: Socket, sink: Socket, trouble: Trouble) {
    this.#source = source;
    this.#sink = sink;
    this.#trouble = trouble;
    this.#frames = new WebSocketFrames(() => trouble.frameFaults.shift());
    source.setNoDelay(true);
    source.on("data", (chunk: Buffer) => this.#take(this.#frames.take(chunk)));
    source.on("end", () => {
      this.#hasEnded = true;
      this.#take(this.#frames.flush());
    });
    this.settle();
  }

  /** After the trouble has changed. */
  settle(): void {
    if (this.#trouble.isBlackhole || this.#buffered > bufferedMax) this.#source.pause();
    else this.#source.resume();
    void this.#run();
  }

  #take(pieces: readonly Buffer[]): void {
    const due = performance.now() + this.#trouble.delayMs;
    for (const bytes of pieces) {
      this.#queue.push({ bytes, due });
      this.#buffered += bytes.length;
    }
    if (this.#buffered > bufferedMax) this.#source.pause();
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    while (this.#queue.length > 0 && !this.#trouble.isBlackhole && !this.#sink.destroyed) await this.#passOne();
    this.#isRunning = false;
    if (this.#queue.length === 0 && this.#hasEnded && this.#sink.writable) this.#sink.end();
  }

  async #passOne(): Promise<void> {
    const { bytes, due } = this.#queue[0]!;
    const waitMs = due - performance.now();
    if (waitMs > 0) await delay(waitMs);
    if (this.#trouble.isBlackhole || this.#sink.destroyed) return; // it stays where it is
    this.#queue.shift();
    this.#buffered -= bytes.length;
    const isFull = !this.#sink.write(bytes);
    const { bytesPerSecond } = this.#trouble;
    if (bytesPerSecond > 0) await delay((bytes.length / bytesPerSecond) * 1000);
    if (isFull && !this.#sink.destroyed) await drained(this.#sink);
    if (this.#buffered <= bufferedMax && !this.#trouble.isBlackhole) this.#source.resume();
  }
}

function drained(sink: Socket): Promise<void> {
  if (!sink.writableNeedDrain) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      sink.off("drain", done).off("close", done);
      resolve();
    };
    sink.on("drain", done).on("close", done);
  });
}
