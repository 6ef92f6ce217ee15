import type { Conversation } from "#core/conversation/conversation.ts";
import type { Claimed, ConversationLog } from "#core/ports/conversation-log.ts";
import { Moved, NoConversation, whyNot } from "../answer.ts";
import type { NodeHeart, Owned } from "../node/node-heart.ts";

export type OwnershipWorld = {
  readonly log: Pick<ConversationLog, "claim" | "release" | "stillOwned">;
  readonly heart: Pick<NodeHeart, "watch" | "forget" | "pauses" | "sure">;
  readonly nodeId: string;
  readonly onClaimed: (claimed: Claimed) => void;
  readonly onLost: () => void;
};

/** That this room, and no other, decides for its conversation: claimed before the first turn, doubted, verified, lost. */
export class Ownership implements Owned {
  readonly id: string;
  readonly #world: OwnershipWorld;
  #held: Claimed | undefined;
  #isInDoubt = false;
  #isLost = false;

  constructor(id: string, world: OwnershipWorld) {
    this.id = id;
    this.#world = world;
  }

  get epoch(): number | undefined {
    return this.#held?.epoch;
  }

  get held(): Claimed {
    if (!this.#held) throw new Error(`Conversation ${this.id} was used before it was claimed`);
    return this.#held;
  }

  get isHeld(): boolean {
    return this.#held !== undefined && !this.#isLost;
  }

  get isInDoubt(): boolean {
    return this.#isInDoubt && !this.#isLost;
  }

  /** The conversation after an event of ours was kept. */
  advance(conversation: Conversation): void {
    this.#held = { ...this.held, conversation };
  }

  /** What was appended last may or may not have been kept: the state is read again before the next decision. */
  doubt(): void {
    this.#isInDoubt = true;
  }

  /** Claims once, and again after a doubt. A room that was overtaken meanwhile does not claim back. */
  async secure(): Promise<void> {
    if (this.#isLost) throw new Moved();
    if (this.#held && !this.#isInDoubt) return;
    await this.#refuseWhenOvertaken();
    const { pauses } = this.#world.heart;
    const claimed = await this.#world.log.claim(this.id, this.#world.nodeId);
    if (!claimed) throw new NoConversation();
    this.#isInDoubt = false;
    this.#held = claimed;
    this.#world.heart.watch(this, pauses);
    this.#world.onClaimed(claimed);
  }

  /** Returns once it is sure that nobody else has taken over; throws `Moved` or `Unavailable`. */
  async verify(): Promise<void> {
    await this.#world.heart.sure();
    if (this.#isLost) throw new Moved();
  }

  lose(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#world.heart.forget(this);
    this.#world.onLost();
  }

  async release(): Promise<void> {
    const epoch = this.epoch;
    if (epoch === undefined || this.#isLost) return;
    this.#isLost = true;
    this.#world.heart.forget(this);
    // A courtesy to whoever comes next: they claim it either way. While the log is away the room ends all the same.
    await this.#world.log.release(this.id, epoch).catch(whyNot);
  }

  async #refuseWhenOvertaken(): Promise<void> {
    if (!this.#held) return;
    const owned = await this.#world.log.stillOwned(new Map([[this.id, this.#held.epoch]]));
    if (owned.has(this.id)) return;
    this.lose();
    throw new Moved();
  }
}
