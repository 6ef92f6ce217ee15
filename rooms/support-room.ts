import { randomUUID } from "node:crypto";
import { ClientState, getMessageBytes, Protocol, ServerError, type AuthContext, type Client } from "@colyseus/core";
import { Unavailable } from "#core/ports/conversation-log.ts";
import type { CloseReason } from "#protocol/close-codes.ts";
import type { Moved, Refused } from "#protocol/conversation.ts";
import { refused } from "./answer.ts";
import { guardOf, type GuardedSocket } from "./door/guarded-socket.ts";
import type { Viewer } from "./door/viewer.ts";
import { inside } from "./inside-colyseus.ts";
import { told, type Told } from "./names.ts";
import { SeatedRoom } from "./seated-room.ts";

/** One socket in a room: who is behind it, as the seat said, never as a payload says. */
export type Present = { readonly viewer: Viewer; readonly guard: GuardedSocket; readonly since: number };

type Parser<T> = {
  safeParse(input: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
};
type Reaction<T> = (present: Present, input: T, client: Client) => unknown;

const helloWithinMs = 10_000;
const wirePingEveryRounds = 3;

/**
 * The base of all rooms: who are you, what may you say, what are you answered. A request is always answered with a value;
 * a handler that throws refuses that one request with `fault` and takes neither the room nor the process down.
 */
export abstract class SupportRoom extends SeatedRoom {
  protected readonly present = new Map<Client, Present>();
  readonly #accepted = new Set<string>();

  override onAuth(client: Client, _options: unknown, context: AuthContext): boolean {
    const isSame = viewerOf(client)?.userAgent === (context.headers.get("user-agent") ?? "");
    if (!isSame || !guardOf(client.ref)) throw new ServerError(401, "not_signed_in");
    return true;
  }

  override async onJoin(client: Client): Promise<void> {
    const [viewer, guard] = [viewerOf(client), guardOf(client.ref)];
    if (!viewer || !guard) throw new ServerError(401, "not_signed_in");
    const failed = await this.#admitted(viewer, client);
    if (failed) throw new ServerError(failed.code === "not_found" ? 404 : 503, failed.code);
    if (guard.isClosing) throw new ServerError(401, "not_signed_in");
    const present = { viewer, guard, since: this.node.clock.monotonic() };
    guard.accepts = this.#accepted;
    this.present.set(client, present);
    this.entered(client, present);
  }

  override onLeave(client: Client): void {
    const present = this.present.get(client);
    this.touch();
    if (!present) return;
    this.present.delete(client);
    this.left(client, present);
  }

  override onBeforeShutdown(): void {
    this.closeAll("draining");
  }

  /** What Colyseus caught. Requests never get here: they are answered below. */
  override onUncaughtException(error: Error, where: string): void {
    if (!(error.cause instanceof ServerError)) this.fault(error.cause ?? error, where); // else we refused a join ourselves
  }

  override visit(round: number): void {
    const now = this.node.clock.monotonic();
    for (const [client, { guard, since }] of this.present) {
      if (client.state === ClientState.JOINING && now - since > helloWithinMs) guard.close("slow"); // said no hello
      if (round % wirePingEveryRounds === 0) guard.ping();
      if (guard.hasMissedState && !guard.isSlow) this.#mend(client, guard);
    }
    super.visit(round);
  }

  /** Closes everybody and ends the room. */
  closeAll(reason: CloseReason): void {
    for (const { guard } of this.present.values()) guard.close(reason);
    this.end(reason);
  }

  /** Tells each when to come back. */
  sayMoved(retryInMs: () => number): void {
    for (const client of this.present.keys()) {
      const moved: Moved = { retryInMs: retryInMs() };
      this.say([client], told.moved, moved);
    }
  }

  /** Says why not, or nothing. */
  protected abstract admit(viewer: Viewer, client: Client): Promise<Refused | undefined>;
  protected abstract entered(client: Client, present: Present): void;
  protected abstract left(client: Client, present: Present): void;

  /** A request is answered; of a signal nobody hears the answer. */
  protected accept<T>(type: string, schema: Parser<T>, react: Reaction<T>): void {
    this.#accepted.add(type);
    const answer = (client: Client, payload: unknown): unknown => this.#answer(client, type, schema, payload, react);
    this.onMessage(type, answer);
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

  protected fault(error: unknown, where: string): Refused {
    const ref = randomUUID();
    this.node.report.fault({ error, where: `${this.roomName}.${where}`, ref });
    return refused("fault", { ref });
  }

  async #admitted(viewer: Viewer, client: Client): Promise<Refused | undefined> {
    try {
      return await this.admit(viewer, client);
    } catch (error) {
      return error instanceof Unavailable ? refused("unavailable") : this.fault(error, "join");
    }
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

  /** Nothing is ever removed from a state, so the whole of it mends a reader who missed changes. */
  #mend(client: Client, guard: GuardedSocket): void {
    guard.hasMissedState = false;
    if (this.state) inside(this).sendFullState(client);
  }
}

/** Put there by our seat reservation, the only way in; Colyseus copies it as JSON. */
const viewerOf = (client: Client): Viewer | undefined =>
  (client.auth as { readonly viewer?: Viewer } | undefined)?.viewer;
