import type { Polled, Refused } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import { whyNot } from "#rooms/answer.ts";
import { headerFor } from "#rooms/conversation/conversation-header.ts";
import type { Viewer } from "#rooms/door/viewer.ts";
import { beatEveryMs, NodeHeart } from "#rooms/node/node-heart.ts";
import { Rounds } from "#rooms/node/rounds.ts";
import { Switchboard } from "#rooms/node/switchboard.ts";
import { Unavailable } from "#core/ports/conversation-log.ts";
import { SimLog } from "./sim-log.ts";
import { SimProcess } from "./sim-process.ts";
import { SimRoom, type Host } from "./sim-room.ts";
import type { Heart, SimWorld } from "./sim-world.ts";

/** One process of the cluster: its heart, and the rooms it has. */
export class SimNode implements Host {
  readonly id: string;
  readonly process: SimProcess;
  readonly heart: Heart;
  readonly rounds = new Rounds(limits.pingEveryMs / beatEveryMs);
  readonly switchboard = new Switchboard();
  readonly rooms = new Map<string, SimRoom>();
  isDraining = false;
  diedAt: number | undefined;
  readonly #world: SimWorld;

  constructor(name: string, world: SimWorld) {
    this.id = name;
    this.#world = world;
    this.process = new SimProcess(name, world.scheduler);
    const heart = new NodeHeart(new SimLog(this.process, world), this.process.clock, (error) => {
      if (!(error instanceof Unavailable)) world.judge.fault(error);
    });
    this.heart = world.mutant.heart?.(heart) ?? heart;
    this.heart.start(() => this.rounds.beat());
  }

  get mayOpen(): boolean {
    return this.process.isAlive && !this.isDraining;
  }

  /** The conversation's room here; made when there is none. */
  room(conversationId: string): SimRoom {
    const known = this.rooms.get(conversationId);
    if (known) return known;
    const made = new SimRoom(conversationId, this, this.#world);
    this.rooms.set(conversationId, made);
    return made;
  }

  ended(room: SimRoom): void {
    if (this.rooms.get(room.actor.id) === room) this.rooms.delete(room.actor.id);
  }

  /** The same over HTTP: admitted at each request. */
  async ask(conversationId: string, viewer: Viewer, type: string, payload: unknown): Promise<unknown> {
    const room = this.room(conversationId);
    try {
      return (await room.actor.admit(viewer)) ?? (await room.answer(viewer, type, payload));
    } catch (error) {
      return whyNot(error);
    }
  }

  async poll(id: string, viewer: Viewer, since: number, limit: number, waitMs: number): Promise<Polled | Refused> {
    const { actor } = this.room(id);
    const { side } = viewer.person;
    const no = await actor.admit(viewer);
    if (no) return no;
    if (actor.headFor(side) <= since && waitMs > 0) await this.#nextTelling(actor, side, waitMs);
    const answer = (await this.ask(id, viewer, "events.fetch", { since, limit })) as Polled | Refused;
    return answer.ok
      ? { ...answer, header: headerFor(side, actor.header), you: { side, id: viewer.person.id } }
      : answer;
  }

  crash(): void {
    this.diedAt = this.#world.scheduler.now;
    this.process.kill();
  }

  #nextTelling(actor: SimRoom["actor"], side: Viewer["person"]["side"], waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const stopWaiting = actor.onNextTelling(side, () => {
        stopTimer();
        resolve();
      });
      const stopTimer = this.process.clock.after(waitMs, () => {
        stopWaiting();
        resolve();
      });
    });
  }
}
