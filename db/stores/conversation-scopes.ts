import type { Door } from "../open.ts";
import { isUuid } from "./uuid.ts";

/** Whose a conversation is and which key seals it. */
export type ConversationScope = { readonly orgId: string; readonly dekId: string; readonly customerId: string };

const max = 50_000;

/** Remembers the scopes of conversations in use, which change only when a customer turns out to be another one. */
export class ConversationScopes {
  readonly #door: Pick<Door, "call">;
  readonly #known = new Map<string, ConversationScope>();

  constructor(door: Pick<Door, "call">) {
    this.#door = door;
  }

  /** `undefined` when there is no such conversation. */
  async of(conversationId: string): Promise<ConversationScope | undefined> {
    return this.#known.get(conversationId) ?? this.fresh(conversationId);
  }

  /** As it is now, whatever is remembered. */
  async fresh(conversationId: string): Promise<ConversationScope | undefined> {
    if (!isUuid(conversationId)) return undefined;
    const [found] = await this.#door.call<ConversationScope>(
      `select org_id as "orgId", dek_id as "dekId", customer_id as "customerId" from roomdesk.find_conversation($1)`,
      [conversationId],
    );
    if (found) this.keep(conversationId, found);
    else this.#known.delete(conversationId);
    return found;
  }

  keep(conversationId: string, scope: ConversationScope): void {
    this.#known.delete(conversationId);
    this.#known.set(conversationId, scope);
    const [oldest] = this.#known.keys();
    if (this.#known.size > max && oldest !== undefined) this.#known.delete(oldest);
  }
}
