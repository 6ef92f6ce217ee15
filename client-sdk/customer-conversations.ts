import type { ConversationOpenedAnswer } from "#protocol/conversation.ts";
import type { CustomerConversation } from "#protocol/people.ts";
import { ConversationShelf, type ShelfParts } from "./conversation-shelf.ts";
import type { ConversationSession } from "./conversation-session.ts";
import { newKey } from "./courier.ts";
import type { Page } from "./customer-wires.ts";
import type { CustomerApi } from "./desk-api.ts";
import type { Failed } from "./desk-request.ts";
import { listed } from "./listed-conversations.ts";
import type { Self } from "./view-line.ts";

export type CustomerConversationsParts = Omit<ShelfParts, "open" | "self"> & {
  readonly api: CustomerApi;
  readonly page: (() => Page) | undefined;
  readonly customerName: () => string;
};

/** The conversations of one customer: as the desk told, and as the open ones have gone on since. */
export class CustomerConversations {
  readonly #parts: CustomerConversationsParts;
  readonly #shelf: ConversationShelf;
  #known: readonly CustomerConversation[] = [];
  #list: readonly CustomerConversation[] | undefined;
  #self: Self = { side: "customer", name: "" };

  constructor(parts: CustomerConversationsParts) {
    this.#parts = parts;
    this.#shelf = new ConversationShelf({
      ...parts,
      self: () => this.#asSelf(),
      open: (clientId) => this.#open(clientId),
      changed: () => this.#changed(),
    });
  }

  /** Newest first. */
  get list(): readonly CustomerConversation[] {
    return (this.#list ??= listed(this.#known, this.#shelf.sessions));
  }

  get draft(): string | null {
    return this.#shelf.unsent[0] ?? null;
  }

  /** Without an id: the one that has been begun, or a new one. */
  session(id: string | undefined): ConversationSession {
    return this.#shelf.session(id ?? this.#shelf.begun[0] ?? newKey(this.#parts.world.newId()));
  }

  start = (): Promise<void> => this.#shelf.start();
  close = (): void => this.#shelf.close();
  /** Nothing of it stays on the device. */
  destroy = (): Promise<void> => this.#shelf.destroy();

  admit(known: readonly CustomerConversation[]): void {
    this.#known = known;
    this.#shelf.admit();
    this.#changed();
  }

  async #open(clientId: string): Promise<ConversationOpenedAnswer | Failed> {
    const answer = await this.#parts.api.openConversation({ clientId, ...this.#page() });
    if ("refused" in answer && answer.refused === "not_signed_in") this.#parts.turnedAway?.();
    return answer;
  }

  #page(): { page?: Page } {
    const page = this.#parts.page?.();
    return page ? { page } : {};
  }

  #asSelf(): Self {
    const name = this.#parts.customerName();
    if (this.#self.name !== name) this.#self = { side: "customer", name };
    return this.#self;
  }

  #changed(): void {
    this.#list = undefined;
    this.#parts.changed();
  }
}
