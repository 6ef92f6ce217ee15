import type { ConversationEvent } from "#protocol/conversation.ts";
import type { Author } from "#protocol/people.ts";

const remembered = 64;

/** The newest keys of a conversation and what they stand for, so that a resend is mostly answered without the log. */
export class RecentKeys {
  readonly #events = new Map<string, ConversationEvent>();

  put(event: ConversationEvent): void {
    this.#events.set(keyOf(event.by, event.clientId), event);
    if (this.#events.size <= remembered) return;
    for (const oldest of this.#events.keys()) {
      this.#events.delete(oldest);
      break;
    }
  }

  get(by: Author, clientId: string): ConversationEvent | undefined {
    return this.#events.get(keyOf(by, clientId));
  }
}

const keyOf = (by: Author, clientId: string): string => `${by.side} ${by.id} ${clientId}`;
