import type { Conversation } from "#core/conversation/conversation.ts";
import { framesFor } from "#core/conversation/visible-to.ts";
import type { ConversationLog } from "#core/ports/conversation-log.ts";
import type { ConversationEvent } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import type { Side } from "#protocol/people.ts";
import type { Audience } from "./actor-world.ts";

const sides: readonly Side[] = ["staff", "customer"];

/** How far this conversation has been told, to either side, and the telling of what follows. */
export class Telling {
  readonly #id: string;
  readonly #log: Pick<ConversationLog, "since">;
  readonly #audience: Audience;
  readonly #waiting = new Set<{ readonly side: Side; readonly call: () => void }>();
  #upTo: Record<Side, number> | undefined;

  constructor(id: string, log: Pick<ConversationLog, "since">, audience: Audience) {
    this.#id = id;
    this.#log = log;
    this.#audience = audience;
  }

  /** Kept before told: a crash here may repeat a message to nobody, but never show one that is lost. */
  tell(events: readonly ConversationEvent[]): void {
    const upTo = (this.#upTo ??= { staff: 0, customer: 0 });
    for (const side of sides) {
      const frames = framesFor(side, upTo[side], events);
      const last = frames.at(-1);
      if (!last) continue;
      upTo[side] = last.event.seq;
      this.#audience.tell(side, frames);
      this.#wake(side);
    }
  }

  onNext(side: Side, call: () => void): () => void {
    const waiter = { side, call };
    this.#waiting.add(waiter);
    return () => this.#waiting.delete(waiter);
  }

  /**
   * After a claim: tells what was kept without our knowing, as by an append whose answer was lost. At the first claim
   * there is nobody to tell. Of very many only the first are told: pings say that there are more.
   * @param verify throws when it is no longer ours to tell: the process may have stood still while it read
   */
  async catchUp(now: Conversation, verify: () => Promise<void>): Promise<boolean> {
    const upTo = this.#upTo;
    if (!upTo || upTo.staff >= now.head) {
      this.#upTo ??= { staff: now.head, customer: now.publicHead };
      return false;
    }
    const { frames } = await this.#log.since(this.#id, "staff", upTo.staff, limits.fetchMax);
    await verify();
    this.tell(frames.map((frame) => frame.event));
    this.#upTo = { staff: now.head, customer: now.publicHead };
    return true;
  }

  #wake(side: Side): void {
    for (const waiter of this.#waiting) {
      if (waiter.side !== side) continue;
      this.#waiting.delete(waiter);
      waiter.call();
    }
  }
}
