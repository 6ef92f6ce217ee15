import { randomUUID } from "node:crypto";
import type { Client } from "@colyseus/core";
import { StateView } from "@colyseus/schema";
import { FetchEvents, FetchPage, type Frame, type Refused, type Welcome } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";
import { PROTOCOL_VERSION } from "#protocol/version.ts";
import type { Audience, Urgency } from "./conversation/actor-world.ts";
import { ConversationActor } from "./conversation/conversation-actor.ts";
import { fetched, paged } from "./conversation/history.ts";
import { commandTypes, readCommand } from "./conversation/read-command.ts";
import { readSignal, signalTypes } from "./conversation/read-signal.ts";
import type { Viewer } from "./door/viewer.ts";
import { told } from "./names.ts";
import { Pace } from "./node/pace.ts";
import type { RoomNode } from "./room-node.ts";
import { ConversationState } from "./state/conversation-state.ts";
import { showHeader } from "./state/show-header.ts";
import { SupportRoom, type Present } from "./support-room.ts";

export type RoomClass = new () => SupportRoom;

export const conversationRoom = (node: RoomNode): RoomClass =>
  class extends ConversationRoom {
    constructor() {
      super(node);
    }
  };

/** The sockets of one conversation; its actor decides. */
export class ConversationRoom extends SupportRoom implements Audience {
  override state = new ConversationState();
  actor!: ConversationActor; // made in onCreate, before anybody can reach the room
  #staffView: StateView | undefined;
  #isPatchDue = false;
  readonly #patches = new Pace(this.node.clock, 1000 / this.node.rates.headersPerSecond, () => this.#patch());

  override onCreate(options: { id: string }): void {
    super.onCreate(options);
    const onFault = (error: unknown) => void this.fault(error, "read");
    this.actor = new ConversationActor(options.id, { ...this.node, newId: () => randomUUID(), onFault }, this);
    this.#acceptRequests();
    this.#hearSignals();
  }

  override visit(round: number): void {
    super.visit(round);
    if (!this.actor.isHeld || !this.node.heart.isSure()) return;
    this.ping(({ viewer }) => this.actor.headFor(viewer.person.side));
    if (this.#isPatchDue) this.#patch();
    this.actor.tend().catch((error: unknown) => this.fault(error, "tend"));
  }

  tell(side: Side, frames: readonly Frame[]): void {
    const listeners = [...this.present].filter(([, { viewer }]) => viewer.person.side === side);
    if (this.node.witness) this.#witness(side, frames, listeners.length);
    this.say(
      listeners.map(([client]) => client),
      told.frames,
      frames,
    );
  }

  /** Several changes of one moment are patched together, and those of a lively conversation some at a time. */
  headerChanged(urgency: Urgency): void {
    this.#isPatchDue = true;
    if (urgency === "at once") this.#patches.atOnce();
    else this.#patches.soon();
  }

  lost(): void {
    this.closeAll("moved");
  }

  override async retire(): Promise<void> {
    await super.retire();
    await this.actor.retire();
    await this.actor.stop();
  }

  protected admit(viewer: Viewer): Promise<Refused | undefined> {
    return this.actor.admit(viewer);
  }

  protected entered(client: Client, { viewer: { person } }: Present): void {
    if (person.side === "staff") client.view = this.#viewForStaff();
    this.actor.attendance.enter(person);
    const welcome: Welcome = {
      protocol: PROTOCOL_VERSION,
      conversationId: this.actor.id,
      you: { side: person.side, id: person.id },
      head: this.actor.headFor(person.side),
    };
    this.say([client], told.welcome, welcome);
  }

  protected left(_client: Client, { viewer }: Present): void {
    this.actor.attendance.leave(viewer.person);
  }

  protected mayHibernate(): boolean {
    return this.actor.isIdle;
  }

  protected stop(): Promise<void> {
    this.node.witness?.disposed(this.actor.id);
    return this.actor.stop();
  }

  #witness(side: Side, frames: readonly Frame[], listeners: number): void {
    const { id: conversationId, epoch } = this.actor;
    const events = frames.map(({ event }) => event);
    this.node.witness?.telling({ conversationId, epoch, side, events, listeners });
  }

  /** One for all of them: what it lets through is then encoded once. */
  #viewForStaff(): StateView {
    if (this.#staffView) return this.#staffView;
    this.#staffView = new StateView();
    this.#staffView.add(this.state);
    return this.#staffView;
  }

  /** After a pause nobody is told anything until it is sure that this is still the owner; `visit` comes back to it. */
  #patch(): void {
    if (!this.actor.isHeld || !this.node.heart.isSure()) return;
    this.#isPatchDue = false;
    showHeader(this.state, this.actor.header, this.#staffView);
    this.broadcastPatch();
  }

  #acceptRequests(): void {
    for (const type of commandTypes)
      this.accept(type, parser(readCommand, type), ({ viewer, guard }, command) =>
        this.actor.run(viewer.person, command, () => !guard.isClosing),
      );
    const { log } = this.node;
    this.accept("events.fetch", FetchEvents, ({ viewer }, input) =>
      fetched(log, this.actor.id, viewer.person.side, input),
    );
    this.accept("events.page", FetchPage, ({ viewer }, input) => paged(log, this.actor.id, viewer.person.side, input));
  }

  #hearSignals(): void {
    for (const type of signalTypes)
      this.accept(type, parser(readSignal, type), ({ viewer }, signal) => this.actor.hear(viewer.person, signal));
  }
}

const parser = <T>(read: (type: string, payload: unknown) => T | undefined, type: string) => ({
  safeParse(payload: unknown) {
    const data = read(type, payload);
    return data === undefined ? ({ success: false } as const) : ({ success: true, data } as const);
  },
});
