import { getMessageBytes, Protocol, ResponseStatus } from "@colyseus/core";
import { closeCodes, type CloseReason } from "#protocol/close-codes.ts";
import { limits } from "#protocol/limits.ts";
import { refused } from "../answer.ts";
import type { RoomWorld } from "../ports.ts";
import { readFrame, type Incoming } from "./frame.ts";
import { together, type Corkable } from "./together.ts";
import { TokenBucket } from "./token-bucket.ts";

/** The little of a `ws` socket that is guarded. */
export interface Wire {
  readonly bufferedAmount: number;
  emit(event: string | symbol, ...values: unknown[]): boolean;
  send(bytes: Uint8Array, ...rest: unknown[]): void;
  once(event: "close", call: () => void): unknown;
  ping(): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

const badFramesWithinMs = 10_000;
const slowForMs = 10_000;
/** How long a socket that we close may take to answer; a reader that never reads never does. */
const farewellMs = 2000;

const guards = new WeakMap<object, GuardedSocket>();

/** The guard of the socket behind a Colyseus client. */
export const guardOf = (wire: object): GuardedSocket | undefined => guards.get(wire);

/**
 * Stands between a socket and Colyseus, both ways. In: only whole frames of known shape and type pass, at a limited rate.
 * Out: a reader that does not keep up first misses signals and is then closed; nobody ever waits for it.
 */
export class GuardedSocket {
  /** The requests and signals of the room this socket sits in; until then nothing but Colyseus' handshake passes. */
  accepts: ReadonlySet<string> = new Set();
  /** A change of the state was withheld from this slow reader: it needs the whole state again. */
  hasMissedState = false;
  readonly #wire: Wire;
  readonly #world: Pick<RoomWorld, "clock" | "rates">;
  readonly #onClosed: (reason: CloseReason) => void;
  readonly #pass: Wire["emit"];
  readonly #send: Wire["send"];
  /** What the wire writes to. */
  readonly #stream: Corkable | undefined;
  readonly #frames: TokenBucket;
  #badSince: number[] = [];
  #isClosing = false;
  #stillSlow: (() => void) | undefined;

  constructor(
    wire: Wire,
    world: Pick<RoomWorld, "clock" | "rates">,
    onClosed: (reason: CloseReason) => void,
    stream?: Corkable,
  ) {
    const { rates, clock } = world;
    this.#wire = wire;
    this.#stream = stream;
    this.#world = world;
    this.#onClosed = onClosed;
    this.#frames = new TokenBucket({ perSecond: rates.framesPerSecond, burst: rates.frameBurst }, clock.monotonic());
    this.#pass = wire.emit.bind(wire);
    this.#send = wire.send.bind(wire);
    wire.emit = (event, ...values) => (event === "message" ? this.#receive(values) : this.#pass(event, ...values));
    wire.send = (bytes, ...rest) => this.#tell(bytes, rest);
    guards.set(wire, this);
  }

  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** More waits to be read than a signal is worth. */
  get isSlow(): boolean {
    return this.#wire.bufferedAmount > limits.slowReaderDropBytes;
  }

  /** From here on nothing that comes in is executed, whatever the other end does. */
  close(reason: CloseReason): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#stillSlow?.();
    this.#onClosed(reason);
    this.#wire.close(closeCodes[reason].code, reason);
    this.#world.clock.after(farewellMs, () => this.#wire.terminate());
  }

  /** Asks the network, not the program at the other end, whether anybody is there. */
  ping(): void {
    if (!this.#isClosing) this.#wire.ping();
  }

  #receive([data, isBinary]: unknown[]): boolean {
    if (this.#isClosing) return true;
    if (this.#frames.take(this.#world.clock.monotonic()) > 0) {
      this.close("rate_limited");
      return true;
    }
    const frame = isBinary === true && data instanceof Uint8Array ? readFrame(data) : ({ kind: "broken" } as const);
    if (frame.kind === "broken") this.#countBroken(frame);
    else if (frame.kind === "wire" || this.accepts.has(frame.type)) this.#pass("message", data, isBinary);
    else if (frame.kind === "request") this.#refuse(frame.id);
    return true;
  }

  #countBroken({ id }: Extract<Incoming, { kind: "broken" }>): void {
    const now = this.#world.clock.monotonic();
    this.#badSince = [...this.#badSince.filter((at) => now - at < badFramesWithinMs), now];
    if (id !== undefined) this.#refuse(id);
    if (this.#badSince.length >= limits.badFramesIn10s) this.close("malformed");
  }

  #refuse(requestId: number): void {
    const answer = refused("invalid_message");
    this.#tell(getMessageBytes[Protocol.ROOM_RESPONSE](requestId, ResponseStatus.OK, answer), [{ binary: true }]);
  }

  #tell(bytes: Uint8Array, rest: unknown[]): void {
    if (this.#isClosing) return;
    const isPatch = bytes[0] === Protocol.ROOM_STATE_PATCH;
    // A change that this viewer may not see leaves an empty patch; sent, it would still say that there was one.
    if (isPatch && bytes.length === 1) return;
    if (this.#wire.bufferedAmount > limits.slowReaderCloseBytes) return this.close("slow");
    if (this.isSlow) this.#watchSlow();
    if (this.isSlow && isPatch) this.hasMissedState = true;
    else {
      if (this.#stream) together(this.#stream);
      this.#send(bytes, ...rest);
    }
  }

  #watchSlow(): void {
    this.#stillSlow ??= this.#world.clock.after(slowForMs, () => {
      this.#stillSlow = undefined;
      if (this.isSlow) this.close("slow");
    });
  }
}
