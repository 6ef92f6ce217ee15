import type { Conversation } from "#core/conversation/conversation.ts";
import { decide } from "#core/conversation/decide.ts";
import { evolve } from "#core/conversation/evolve.ts";
import { repeats } from "#core/conversation/repeat.ts";
import type { Answer, ConversationCommand, ConversationEvent } from "#protocol/conversation.ts";
import type { Person } from "#protocol/people.ts";
import { isRefusal, type Refusal } from "#protocol/refusals.ts";
import { ack, asAnswer, refused, whyNot } from "../answer.ts";
import type { ActorWorld } from "./actor-world.ts";
import type { Ownership } from "./ownership.ts";
import { RecentKeys } from "./recent-keys.ts";

const attemptsWhenBehind = 3;

export type TurnsWorld = Pick<ActorWorld, "log" | "clock" | "newId"> & {
  readonly ownership: Ownership;
  /** Claimed, and everything kept so far told; throws why not. */
  readonly secure: () => Promise<void>;
  /** These were kept: everybody who may see them is told now. */
  readonly tell: (events: readonly ConversationEvent[]) => void;
};

/** What one turn of a conversation does: decide → keep → evolve → tell, once per key however often it is asked. */
export class Turns {
  readonly #world: TurnsWorld;
  readonly #recent = new RecentKeys();

  constructor(world: TurnsWorld) {
    this.#world = world;
  }

  /** Runs alone: the mailbox sees to it. */
  async take(by: Person, command: ConversationCommand): Promise<Answer> {
    try {
      for (let attempt = 0; attempt < attemptsWhenBehind; attempt += 1) {
        await this.#world.secure();
        const known = this.#recent.get(by, command.clientId);
        const answer = known ? await this.#again(command, known) : await this.#step(by, command);
        if (answer) return answer;
      }
      return refused("unavailable");
    } catch (error) {
      this.#world.ownership.doubt(); // whatever it was, an append may have been on its way
      return whyNot(error);
    }
  }

  /** `undefined`: the head is another than we knew; look again and decide again. */
  async #step(by: Person, command: ConversationCommand): Promise<Answer | undefined> {
    const { clock, log, newId, ownership } = this.#world;
    const { id } = ownership;
    const target = "messageId" in command ? await log.message(id, command.messageId) : undefined;
    const decided = decide(this.#now, by, command, { at: clock.now(), newId, target });
    if (isRefusal(decided)) return this.#refuse(by, command, decided);
    const { epoch, conversation } = ownership.held;
    const append = { conversationId: id, epoch, expectedHead: conversation.head, events: decided };
    const appended = await log.append(append);
    switch (appended.outcome) {
      case "kept":
        return this.#kept(decided);
      case "duplicate":
        if (appended.event.seq > conversation.head) ownership.doubt(); // kept by an append that never answered
        return this.#again(command, appended.event);
      case "behind":
        ownership.doubt();
        return undefined;
      case "fenced":
        ownership.lose();
        return refused("moved");
    }
  }

  async #kept(events: readonly ConversationEvent[]): Promise<Answer> {
    const asked = events.at(-1);
    if (!asked) throw new Error("A decision without events was kept");
    const { ownership, tell } = this.#world;
    ownership.advance(events.reduce(evolve, this.#now));
    this.#recent.put(asked);
    await ownership.verify(); // after a pause: it is kept, but another may have taken over since
    tell(events);
    return ack(asked);
  }

  /** A refused command may be the resend of one that was kept before the state it now meets. */
  async #refuse(by: Person, command: ConversationCommand, refusal: Refusal): Promise<Answer> {
    const { log, ownership } = this.#world;
    const kept = canBeResent(refusal) ? await log.byKey(ownership.id, by, command.clientId) : undefined;
    return kept ? this.#again(command, kept) : asAnswer(refusal);
  }

  async #again(command: ConversationCommand, kept: ConversationEvent): Promise<Answer> {
    await this.#world.ownership.verify();
    this.#recent.put(kept);
    return repeats(command, kept) ? ack(kept) : refused("key_reused");
  }

  get #now(): Conversation {
    return this.#world.ownership.held.conversation;
  }
}

/** A text that is refused now was never kept under this key. */
const canBeResent = ({ refused: code }: Refusal): boolean =>
  code !== "empty_message" && code !== "too_large" && code !== "unreadable_text";
