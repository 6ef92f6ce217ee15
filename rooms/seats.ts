import { randomInt } from "node:crypto";
import { matchMaker, type IRoomCache } from "@colyseus/core";
import { isRefusal, refuse, type Refusal } from "#protocol/refusals.ts";
import { TokenBucket } from "./door/token-bucket.ts";
import type { Viewer } from "./door/viewer.ts";
import { roomNames, workspaceRoomId } from "./names.ts";
import type { RoomNode } from "./room-node.ts";
import { SupportRoom } from "./support-room.ts";

/** What the Colyseus SDK's `consumeSeatReservation` needs. `sessionId` is a ticket: good once, for a few seconds. */
export type SeatReservation = {
  readonly name: string;
  readonly sessionId: string;
  readonly roomId: string;
  readonly processId: string;
};

const attempts = 5;
/** When to ask again: a process that goes away, or another node whose room was first and is found by then. */
const awayMs = 1000;
const lostMs = 100;
/** Everybody at once, as when a node has died: each comes again at a time of their own. */
const crowdMs = [200, 2000] as const;

/** The only way into a room. Colyseus' own matchmaking is shut: it makes a second room in several ordinary situations. */
export class Seats {
  readonly #node: RoomNode;
  readonly #making = new Map<string, Promise<SupportRoom | undefined>>();
  readonly #joins: TokenBucket;
  #isShut = false;

  constructor(node: RoomNode) {
    this.#node = node;
    const { joinsPerSecond: perSecond, joinBurst: burst } = node.rates;
    this.#joins = new TokenBucket({ perSecond, burst }, node.clock.monotonic());
  }

  /** The caller has looked the conversation up for this person. */
  conversation(conversationId: string, viewer: Viewer): Promise<SeatReservation | Refusal> {
    return this.#reserve(roomNames.conversation, conversationId, viewer);
  }

  async workspace(viewer: Viewer): Promise<SeatReservation | Refusal> {
    if (viewer.person.side !== "staff") return refuse("forbidden");
    return this.#reserve(roomNames.workspace, workspaceRoomId(viewer.orgId, this.#node.nodeId), viewer);
  }

  /** No new rooms: this process is going away. Those that are still here are left one after the other. */
  shut(): void {
    this.#isShut = true;
  }

  /** The room of this name, made if there is none; never two, however many ask at once. `undefined`: not here. */
  async room(name: string, id: string): Promise<SupportRoom | undefined> {
    const found = local(id);
    if (found && !found.isEnding) return found;
    if (this.#isShut) return undefined;
    const making = this.#making.get(id) ?? this.#make(name, id, found).finally(() => this.#making.delete(id));
    this.#making.set(id, making);
    return making;
  }

  async #reserve(name: string, id: string, viewer: Viewer): Promise<SeatReservation | Refusal> {
    if ((local(id)?.roomName ?? name) !== name) return refuse("not_found"); // an id of another kind, as somebody may make up
    if (this.#joins.take(this.#node.clock.monotonic()) > 0) return refuse("unavailable", randomInt(...crowdMs));
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const room = await this.room(name, id);
      if (!room) return refuse("moved", this.#isShut ? awayMs : lostMs);
      const ticket = this.#node.sockets.issue(id, viewer);
      if (isRefusal(ticket)) return ticket;
      if (await room.seat(ticket, viewer)) return { name, sessionId: ticket, roomId: id, processId: this.#node.nodeId };
      this.#node.sockets.gone(ticket);
    }
    return refuse("moved", awayMs);
  }

  /** An ending room keeps its name until it has ended: a new one would be taken from Colyseus' table with it. */
  async #make(name: string, id: string, ending: SupportRoom | undefined): Promise<SupportRoom | undefined> {
    await ending?.ended;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const listed = await listedFirst(name, id);
      const made = local(id);
      if (made) return made;
      if (listed && !(await this.#node.cluster.makeWay(id, listed.processId))) return undefined;
    }
    return undefined;
  }
}

/** Ours if we were first, else the other's that we lost against; `undefined` when that one is gone again. */
async function listedFirst(name: string, id: string): Promise<IRoomCache | undefined> {
  try {
    return await matchMaker.createRoom(name, { id });
  } catch (error) {
    if (error instanceof Error && error.constructor.name === "SeatReservationError") return undefined; // not exported
    throw error;
  }
}

/** Rooms of this process. */
export function local(id: string): SupportRoom | undefined {
  const room = matchMaker.getLocalRoomById(id);
  return room instanceof SupportRoom ? room : undefined;
}
