import { Room, RoomInternalState } from "@colyseus/core";
import { closeCodes, type CloseReason } from "#protocol/close-codes.ts";
import { limits } from "#protocol/limits.ts";
import type { Viewer } from "./door/viewer.ts";
import { inside } from "./inside-colyseus.ts";
import type { Visited } from "./node/rounds.ts";
import type { RoomNode } from "./room-node.ts";

/** The longest a timer can be set: Colyseus' own timer per room is never to ring. Changes are patched when they happen. */
const never = 2 ** 31 - 1;

/** The life of a room: it is made under a name, gives seats, is looked after in rounds, ends, and gives its name back. */
export abstract class SeatedRoom extends Room implements Visited {
  override autoDispose = false; // `visit` decides, so that coming back within a minute finds everything warm
  override patchRate = never;
  override seatReservationTimeout = limits.seatValidMs / 1000;
  protected readonly node: RoomNode;
  readonly #onLeaving = new Set<() => void>();
  readonly #ended = Promise.withResolvers<void>();
  readonly #finished = Promise.withResolvers<void>();
  #lastUsed: number;
  #isLeaving = false;

  constructor(node: RoomNode) {
    super();
    this.node = node;
    this.#lastUsed = node.clock.monotonic();
  }

  /** No I/O here: Colyseus may make a room that loses the race for its name, and that one must leave no trace. */
  override onCreate({ id }: { id: string }): void {
    this.roomId = id;
    this.node.rounds.join(this);
  }

  override async onDispose(): Promise<void> {
    this.node.rounds.leave(this);
    this.#ended.resolve();
    await this.stop();
    this.#finished.resolve();
  }

  /** Keeps a seat for the socket that will come with this ticket; false when the room is ending. */
  async seat(ticket: string, viewer: Viewer): Promise<boolean> {
    this.touch();
    return inside(this)._reserveSeat(ticket, {}, { viewer });
  }

  /** Somebody is on their way here, or was just here. */
  touch(): void {
    this.#lastUsed = this.node.clock.monotonic();
  }

  /** Called once in a round; a room that overrides it calls it too. */
  visit(_round: number): void {
    const isForgotten =
      this.clients.length === 0 && this.node.clock.monotonic() - this.#lastUsed > limits.hibernateAfterMs;
    if (isForgotten && this.mayHibernate()) this.end("moved");
  }

  /** Lets nobody in any more, ends what was begun and gives up what it holds: from then on another may have it. */
  async retire(): Promise<void> {
    this.#leave();
  }

  /** Calls once when there is nothing more to wait for in here; the returned function cancels. */
  onLeaving(call: () => void): () => void {
    this.#onLeaving.add(call);
    if (this.isEnding) queueMicrotask(call);
    return () => this.#onLeaving.delete(call);
  }

  /** Resolves when another room may have this one's name. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Resolves when everything of this room is kept and given up. */
  get finished(): Promise<void> {
    return this.#finished.promise;
  }

  get isEnding(): boolean {
    return this.#isLeaving || inside(this)._internalState === RoomInternalState.DISPOSING;
  }

  /** Nothing is waiting to be done here. */
  protected abstract mayHibernate(): boolean;
  /** The last of this room: nobody is in it any more. */
  protected abstract stop(): void | Promise<void>;
  protected abstract fault(error: unknown, where: string): void;

  protected end(reason: CloseReason): void {
    this.#leave();
    this.#tearUpSeats();
    this.disconnect(closeCodes[reason].code).catch((error: unknown) => this.fault(error, "disconnect"));
  }

  #leave(): void {
    this.#isLeaving = true;
    for (const call of this.#onLeaving) call();
    this.#onLeaving.clear();
  }

  /** Colyseus would keep an empty room, and with it the name, until the last seat has run out. */
  #tearUpSeats(): void {
    const { _reservedSeats: seats, _reservedSeatTimeouts: timeouts } = inside(this);
    for (const ticket of Object.keys(seats)) {
      clearTimeout(timeouts[ticket]);
      Reflect.deleteProperty(seats, ticket);
      Reflect.deleteProperty(timeouts, ticket);
    }
  }
}
