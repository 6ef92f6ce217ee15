import { FetchPage, type Answer, type Paged, type Polled, type Refused } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import { refused, whyNot } from "./answer.ts";
import { ConversationRoom } from "./conversation-room.ts";
import { headerFor } from "./conversation/conversation-header.ts";
import { fetched, paged } from "./conversation/history.ts";
import { readCommand } from "./conversation/read-command.ts";
import { readSignal } from "./conversation/read-signal.ts";
import type { Viewer } from "./door/viewer.ts";
import { roomNames } from "./names.ts";
import type { RoomNode } from "./room-node.ts";
import type { Seats } from "./seats.ts";

export type Poll = { readonly since: number; readonly limit?: number; readonly waitMs?: number };

/** Somebody who polls and has not come back for so long is gone. */
const asksAgainWithinMs = 4000;

/** The conversations for those who have no socket: the same actors, the same rules, the same answers. */
export class Conversations {
  readonly #node: RoomNode;
  readonly #seats: Seats;

  constructor(node: RoomNode, seats: Seats) {
    this.#node = node;
    this.#seats = seats;
  }

  post(conversationId: string, viewer: Viewer, type: string, payload: unknown): Promise<Answer> {
    const command = readCommand(type, payload);
    if (!command) return Promise.resolve(refused("invalid_message"));
    return this.#with(conversationId, viewer, ({ actor }) => actor.run(viewer.person, command));
  }

  /** Typing, read and delivered, forgotten when nobody listens. */
  signal(conversationId: string, viewer: Viewer, type: string, payload: unknown): Promise<{ ok: true } | Refused> {
    const signal = readSignal(type, payload);
    if (!signal) return Promise.resolve(refused("invalid_message"));
    return this.#with(conversationId, viewer, async ({ actor }) => {
      actor.hear(viewer.person, signal);
      return { ok: true };
    });
  }

  /** Frames after a number, and the header. With `waitMs`, held until there is something to tell. */
  poll(conversationId: string, viewer: Viewer, { since, limit, waitMs = 0 }: Poll): Promise<Polled | Refused> {
    const { side, id } = viewer.person;
    const range = { since, limit: Math.min(limit ?? limits.fetchMax, limits.fetchMax) };
    return this.#with(conversationId, viewer, async (room) => {
      const { actor } = room;
      if (waitMs > 0) actor.attendance.lookIn(viewer.person, waitMs + asksAgainWithinMs);
      if (actor.headFor(side) <= since && waitMs > 0) await this.#nextTelling(room, viewer, waitMs);
      const answer = await fetched(this.#node.log, conversationId, side, range);
      return { ...answer, header: headerFor(side, actor.header), you: { side, id } };
    });
  }

  page(conversationId: string, viewer: Viewer, page: FetchPage): Promise<Paged | Refused> {
    const parsed = FetchPage.safeParse(page);
    if (!parsed.success) return Promise.resolve(refused("invalid_message"));
    const { side } = viewer.person;
    return this.#with(conversationId, viewer, () => paged(this.#node.log, conversationId, side, parsed.data));
  }

  async #with<T>(
    conversationId: string,
    viewer: Viewer,
    ask: (room: ConversationRoom) => Promise<T>,
  ): Promise<T | Refused> {
    const room = await this.#seats.room(roomNames.conversation, conversationId);
    if (!(room instanceof ConversationRoom)) return refused("moved", { retryInMs: 1000 });
    room.touch();
    try {
      return (await room.actor.admit(viewer)) ?? (await ask(room));
    } catch (error) {
      return whyNot(error);
    }
  }

  #nextTelling(room: ConversationRoom, { person }: Viewer, waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const give = () => {
        stopWaiting();
        stopTimer();
        stopLeaving();
        resolve();
      };
      const stopWaiting = room.actor.onNextTelling(person.side, give);
      const stopTimer = this.#node.clock.after(waitMs, give);
      const stopLeaving = room.onLeaving(() => give()); // there will be nothing more to tell here
    });
  }
}
