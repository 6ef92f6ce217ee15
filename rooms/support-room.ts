import { randomUUID } from "node:crypto";
import {
  ClientState,
  getMessageBytes,
  Protocol,
  Room,
  RoomInternalState,
  ServerError,
  type AuthContext,
  type Client,
} from "@colyseus/core";
import { Unavailable } from "#core/ports/conversation-log.ts";
import { closeCodes, type CloseReason } from "#protocol/close-codes.ts";
import type { Moved, Refused } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import { refused } from "./answer.ts";
import { guardOf, type GuardedSocket } from "./door/guarded-socket.ts";
import type { Viewer } from "./door/viewer.ts";
import { told, type Told } from "./names.ts";
import type { Visited } from "./node/rounds.ts";
import type { RoomNode } from "./room-node.ts";

/** One socket in a room: who is behind it, as the seat said, never as a payload says. */
export type Present = { readonly viewer: Viewer; readonly guard: GuardedSocket; readonly since: number };

type Parser<T> = {
  safeParse(input: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
};
type Reaction<T> = (present: Present, input: T, client: Client) => unknown;

/** The longest a timer can be set: Colyseus' own timer per room is never to ring. Changes are patched when they happen. */
const never = 2 ** 31 - 1;
const helloWithinMs = 10_000;
const wirePingEveryRounds = 3;

/**
 * The base of all rooms: who are you, what may you say, what are you answered. A request is always answered with a value;
 * a handler that throws refuses that one request with `fault` and takes neither the room nor the process down.
 */
export abstract class SupportRoom extends Room implements Visited {
  override autoDispose = false; // `visit` decides, so that coming back within a minute finds everything warm
  override patchRate = never;
  override seatReservationTimeout = limits.seatValidMs / 1000;
  protected readonly node: RoomNode;
  protected readonly present = new Map<Client, Present>();
  readonly #accepted = new Set<string>();
  readonly #ended = Promise.withResolvers<void>();
  readonly #finished = Promise.withResolvers<void>();
  #lastUsed: number;

  constructor(node: RoomNode) {
    super();
    this.node = node;
    this.#lastUsed = node.clock.monotonic();
  }

  override onCreate({ id }: { id: string }): void {
    this.roomId = id;
    this.node.rounds.join(this);
  }

  override onAuth(client: Client, _options: unknown, context: AuthContext): boolean {
    const isSame = viewerOf(client)?.userAgent === (context.headers.get("user-agent") ?? "");
    if (!isSame || !guardOf(client.ref)) throw new ServerError(401, "not_signed_in");
    return true;
  }

  override onJoin(client: Client): void | Promise<void> {
    const [viewer, guard] = [viewerOf(client), guardOf(client.ref)];
    if (!viewer || !guard || guard.isClosing) throw new ServerError(401, "not_signed_in");
    guard.accepts = this.#accepted;
    this.present.set(client, { viewer, guard, since: this.node.clock.monotonic() });
  }

  override onLeave(client: Client): void {
    this.present.delete(client);
    this.touch();
  }

  override async onDispose(): Promise<void> {
    this.node.rounds.leave(this);
    this.#ended.resolve();
    await this.stop();
    this.#finished.resolve();
  }

  override onBeforeShutdown(): void {
    this.closeAll("draining");
  }

  override onUncaughtException(error: Error, where: string): void {
    if (!(error.cause instanceof ServerError)) this.fault(error.cause ?? error, where); // else we refused a join ourselves
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
    return this["_internalState"] === RoomInternalState.DISPOSING;
  }

  /** Somebody is on their way here, or was just here. */
  touch(): void {
    this.#lastUsed = this.node.clock.monotonic();
  }

  /** Keeps a seat for the socket that will come with this ticket; false when the room is ending. */
  async seat(ticket: string, viewer: Viewer): Promise<boolean> {
    this.touch();
    return this["_reserveSeat"](ticket, {}, { viewer }); // Colyseus has no public way to reserve in a room at hand
  }

  /** Called once in a round; a room that overrides it calls it too. */
  visit(round: number): void {
    const now = this.node.clock.monotonic();
    for (const [client, { guard, since }] of this.present) {
      if (client.state === ClientState.JOINING && now - since > helloWithinMs) guard.close("slow"); // said no hello
      if (round % wirePingEveryRounds === 0) guard.ping();
      if (guard.hasMissedState && !guard.isSlow) this.#mend(client, guard);
    }
    const isForgotten = this.clients.length === 0 && now - this.#lastUsed > limits.hibernateAfterMs;
    if (isForgotten && this.mayHibernate()) this.closeAll("moved");
  }

  sayMoved(moved: Moved): void {
    this.say(this.present.keys(), told.moved, moved);
  }

  /** Nothing is waiting to be done here. */
  protected abstract mayHibernate(): boolean;
  /** The last of this room: nobody is in it any more. */
  protected abstract stop(): void | Promise<void>;

  /** A request: answered, always. */
  protected accept<T>(type: string, schema: Parser<T>, react: Reaction<T>): void {
    this.#accepted.add(type);
    this.onMessage(type, (client: Client, payload: unknown) => this.#answer(client, type, schema, payload, react));
  }

  /** Encoded once, however many hear it. */
  protected say(clients: Iterable<Client>, type: Told, payload: unknown): void {
    const bytes = getMessageBytes.raw(Protocol.ROOM_DATA, type, payload);
    for (const client of clients) client.enqueueRaw(bytes);
  }

  /** Says that somebody is still there, and how far the conversation has got. */
  protected ping(headOf: (present: Present) => number): void {
    const known = new Map<number, Buffer>();
    for (const [client, present] of this.present) {
      if (present.guard.isSlow) continue;
      const head = headOf(present);
      const bytes = known.get(head) ?? getMessageBytes.raw(Protocol.ROOM_DATA, told.ping, { head });
      known.set(head, bytes);
      client.enqueueRaw(bytes);
    }
  }

  /** Closes everybody and ends the room. */
  closeAll(reason: CloseReason): void {
    for (const { guard } of this.present.values()) guard.close(reason);
    this.disconnect(closeCodes[reason].code).catch((error: unknown) => this.fault(error, "disconnect"));
  }

  protected fault(error: unknown, where: string): Refused {
    const ref = randomUUID();
    this.node.report.fault({ error, where: `${this.roomName}.${where}`, ref });
    return refused("fault", { ref });
  }

  /** Nothing is ever removed from a state, so the whole of it mends a reader who missed changes. */
  #mend(client: Client, guard: GuardedSocket): void {
    guard.hasMissedState = false;
    if (this.state) this["sendFullState"](client);
  }

  async #answer<T>(client: Client, type: string, schema: Parser<T>, payload: unknown, react: Reaction<T>) {
    try {
      const present = this.present.get(client);
      if (!present || present.guard.isClosing) return refused("not_signed_in");
      const parsed = schema.safeParse(payload);
      return parsed.success ? await react(present, parsed.data, client) : refused("invalid_message");
    } catch (error) {
      return error instanceof Unavailable ? refused("unavailable") : this.fault(error, type);
    }
  }
}

/** Put there by our seat reservation, the only way in; Colyseus copies it as JSON. */
export const viewerOf = (client: Client): Viewer | undefined =>
  (client.auth as { readonly viewer?: Viewer } | undefined)?.viewer;
