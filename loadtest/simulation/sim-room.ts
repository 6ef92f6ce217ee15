import { Unavailable, type ConversationLog } from "#core/ports/conversation-log.ts";
import { closeCodes, type CloseReason } from "#protocol/close-codes.ts";
import {
  conversationRequests,
  type Answer,
  type ConversationCommand,
  type FetchEvents,
  type FetchPage,
  type Frame,
  type Refused,
} from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import type { Side } from "#protocol/people.ts";
import { PROTOCOL_VERSION } from "#protocol/version.ts";
import { refused } from "#rooms/answer.ts";
import type { Audience, Urgency } from "#rooms/conversation/actor-world.ts";
import { ConversationActor } from "#rooms/conversation/conversation-actor.ts";
import { headerFor } from "#rooms/conversation/conversation-header.ts";
import type { ConversationSignal } from "#rooms/conversation/read-signal.ts";
import { fetched, paged } from "#rooms/conversation/history.ts";
import type { Viewer } from "#rooms/door/viewer.ts";
import type { Rounds, Visited } from "#rooms/node/rounds.ts";
import type { Switchboard } from "#rooms/node/switchboard.ts";
import { usualRates } from "#rooms/ports.ts";
import { SimLog } from "./sim-log.ts";
import type { SimSocket, Word } from "./sim-socket.ts";
import type { SimProcess } from "./sim-process.ts";
import type { Heart, SimWorld } from "./sim-world.ts";

/** What a room needs of its node. */
export type Host = {
  readonly id: string;
  readonly process: SimProcess;
  readonly heart: Heart;
  readonly rounds: Rounds;
  readonly switchboard: Switchboard;
  ended(room: SimRoom): void;
};

/** The room of one conversation as `rooms/conversation-room.ts` is it, with simulated sockets instead of Colyseus. */
export class SimRoom implements Audience, Visited {
  readonly actor: ConversationActor;
  readonly present = new Map<SimSocket, Viewer>();
  isEnding = false;
  readonly #log: SimLog;
  readonly #reading: ConversationLog;
  readonly #node: Host;
  readonly #world: SimWorld;
  #isPatchDue = false;

  constructor(id: string, node: Host, world: SimWorld) {
    this.#node = node;
    this.#world = world;
    this.#log = new SimLog(node.process, world);
    this.#reading = world.mutant.roomLog?.(this.#log, this) ?? this.#log;
    const { heart, switchboard, process, id: nodeId } = node;
    const { newId, judge } = world;
    const onFault = (error: unknown) => judge.fault(error);
    const log = this.#reading;
    const actorWorld = { log, heart, switchboard, clock: process.clock, rates: usualRates, nodeId, newId, onFault };
    this.actor = new ConversationActor(id, actorWorld, this);
    node.rounds.join(this);
  }

  tell(side: Side, frames: readonly Frame[]): void {
    this.#world.judge.spoke.broadcast(this.#node.process, this.#log.epoch, frames);
    this.#say(side, "frames", () => frames);
  }

  headerChanged(urgency: Urgency): void {
    if (this.#isPatchDue) return;
    this.#isPatchDue = true;
    const ms = urgency === "soon" ? 1000 / usualRates.headersPerSecond : 0;
    this.#world.scheduler.later(this.#node.process, "patches", ms, () => this.#patch());
  }

  lost(): void {
    this.closeAll("moved");
  }

  visit(): void {
    if (!this.actor.isHeld || !this.#node.heart.isSure()) return;
    for (const side of ["staff", "customer"] as const)
      this.#say(side, "ping", () => ({ head: this.actor.headFor(side) }));
    if (this.#isPatchDue) this.#patch();
    this.actor.tend().catch((error: unknown) => this.#world.judge.fault(error));
  }

  async admit(socket: SimSocket, viewer: Viewer): Promise<Refused | undefined> {
    const no = await this.#orRefused(() => this.actor.admit(viewer));
    if (no) return no;
    if (this.isEnding) return refused("moved");
    const { side, id } = viewer.person;
    this.present.set(socket, viewer);
    socket.up.end = {
      hear: (word) => this.#hear(socket, viewer, word),
      closed: () => this.#left(socket, viewer),
    };
    this.actor.attendance.enter(viewer.person);
    const head = this.actor.headFor(side);
    const welcome = { protocol: PROTOCOL_VERSION, conversationId: this.actor.id, you: { side, id }, head };
    socket.down.send({ kind: "told", type: "welcome", payload: welcome });
    socket.down.send({ kind: "told", type: "header", payload: headerFor(side, this.actor.header) });
    return undefined;
  }

  /** A request, whichever way it came. */
  answer(viewer: Viewer, type: string, payload: unknown): Promise<unknown> {
    const { id } = this.actor;
    const { person } = viewer;
    if (type in conversationRequests)
      return this.#orRefused(() => this.#run(viewer, { type, ...(payload as object) } as ConversationCommand));
    if (type === "events.page") {
      const { before, limit = 50 } = payload as FetchPage;
      return this.#orRefused(() => paged(this.#reading, id, person.side, { before, limit }));
    }
    if (type === "events.fetch") {
      const { since, limit = limits.fetchMax } = payload as FetchEvents;
      return this.#orRefused(() => fetched(this.#reading, id, person.side, { since, limit }));
    }
    this.actor.hear(person, { type, ...(payload as object) } as ConversationSignal);
    return Promise.resolve({ ok: true });
  }

  /** Closes everybody and ends the room. */
  closeAll(reason: CloseReason): void {
    for (const socket of this.present.keys()) socket.closeFromNode(closeCodes[reason].code);
    void this.end();
  }

  sayMoved(retryInMs: number): void {
    for (const side of ["staff", "customer"] as const) this.#say(side, "moved", () => ({ retryInMs }));
  }

  /** Another room may have this one's place at once; what it has begun it ends. */
  async end(): Promise<void> {
    if (this.isEnding) return;
    this.isEnding = true;
    this.#node.rounds.leave(this);
    this.#node.ended(this);
    await this.actor.stop().catch((error: unknown) => this.#world.judge.fault(error));
  }

  async #run(viewer: Viewer, command: ConversationCommand): Promise<Answer> {
    const answer = await this.actor.run(viewer.person, command);
    if (answer.ok) this.#world.judge.spoke.acked(this.#node.process, this.#log.epoch, command.clientId, answer);
    return answer;
  }

  #hear(socket: SimSocket, viewer: Viewer, word: Word): void {
    if (word.kind !== "request") return;
    void this.answer(viewer, word.type, word.payload).then((answer) => {
      socket.down.send({ kind: "answer", id: word.id, answer });
    });
  }

  #left(socket: SimSocket, viewer: Viewer): void {
    if (this.present.delete(socket)) this.actor.attendance.leave(viewer.person);
  }

  #say(side: Side, type: string, payload: () => unknown): void {
    for (const [socket, viewer] of this.present)
      if (viewer.person.side === side) socket.down.send({ kind: "told", type, payload: payload() });
  }

  #patch(): void {
    if (!this.actor.isHeld || !this.#node.heart.isSure()) return;
    this.#isPatchDue = false;
    for (const side of ["staff", "customer"] as const)
      this.#say(side, "header", () => headerFor(side, this.actor.header));
  }

  async #orRefused<T>(ask: () => Promise<T>): Promise<T | Refused> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Unavailable) return refused("unavailable");
      this.#world.judge.fault(error);
      return refused("fault");
    }
  }
}
