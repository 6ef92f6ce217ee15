import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import type { CustomerSession } from "#client-sdk/customer-session.ts";
import { failed } from "#client-sdk/desk-request.ts";
import type { CustomerConversation } from "#protocol/people.ts";
import { isRefusal, refusals } from "#protocol/refusals.ts";
import { words } from "./words.ts";

/** Where the customer stands: at the door, or in one conversation. */
export type Place = { readonly at: "home" } | { readonly at: "conversation"; readonly session: ConversationSession };

const home: Place = { at: "home" };

export type VisitOptions = {
  readonly inbox: string;
  readonly server: string;
  /** Something changed that is drawn. */
  readonly onChange: () => void;
  /** A message for the customer arrived, or one of theirs was saved. */
  readonly onMessage: (kind: "received" | "sent", conversationId: string) => void;
};

/**
 * A customer's visit to the desk behind one widget: the session, fetched when first needed so that the launcher stays
 * light, and the place in the panel.
 */
export class Visit {
  place: Place = home;
  /** Why the desk cannot be reached, as a sentence; empty when it can. */
  problem = "";
  /** What the page asked to have in the composer. */
  prefilled = "";

  readonly #options: VisitOptions;
  #arriving: Promise<CustomerSession> | undefined;
  #customer: CustomerSession | undefined;
  #opening: Promise<void> | undefined;

  constructor(options: VisitOptions) {
    this.#options = options;
  }

  get organisation(): string {
    return this.#customer?.inbox?.organisation ?? "";
  }

  get conversations(): readonly CustomerConversation[] {
    return this.#customer?.conversations ?? [];
  }

  get unread(): number {
    return this.#customer?.unread ?? 0;
  }

  get isOpening(): boolean {
    return this.#customer === undefined || this.#customer.state === "opening";
  }

  /** Whether this browser has a conversation already, judged without fetching anything. */
  isKnown(): boolean {
    try {
      return localStorage.getItem(`roomdesk:${this.#options.inbox}`) !== null;
    } catch {
      return false; // Storage is blocked: then nothing was kept either.
    }
  }

  /** Opens the session. Failing is not the end: the panel says so and offers to try again. */
  connect(): Promise<void> {
    this.#opening ??= this.#open().finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  /** On opening the panel: straight into what waits for the customer, else to the door. */
  enter(): void {
    if (this.place.at === "conversation") return;
    const waiting = this.conversations.find(({ status, unread }) => status === "open" && unread > 0);
    if (waiting) this.goTo(waiting.id);
    else if (this.#customer?.draft) this.goTo(null);
  }

  goTo(id: string | null): void {
    void this.#arrive().then((customer) => {
      const session = id === null ? customer.conversation() : customer.conversation(id);
      this.place = { at: "conversation", session };
      this.#options.onChange();
    });
  }

  goHome(): void {
    this.place = home;
    this.#options.onChange();
    void this.connect();
  }

  /** @throws Error with the sentence of the refusal */
  async identify(jwt: string): Promise<void> {
    const answer = await (await this.#arrive()).identify(jwt);
    if (isRefusal(answer)) throw new Error(refusals[answer.refused].say);
    if (failed(answer)) throw new Error(words.unreachable);
    this.goHome();
  }

  async logout(): Promise<void> {
    await (await this.#arrive()).logout();
    this.place = home;
    this.#options.onChange();
  }

  prefill(text: string): void {
    this.prefilled = text;
    this.#options.onChange();
  }

  end(): void {
    this.#customer?.destroy();
    this.#customer = this.#arriving = undefined;
    this.place = home;
  }

  async #open(): Promise<void> {
    try {
      const customer = await this.#arrive();
      if (customer.state === "open") return;
      const answer = await customer.open();
      this.problem = isRefusal(answer) ? refusals[answer.refused].say : failed(answer) ? words.unreachable : "";
    } catch (error) {
      console.error(error); // The chunk did not come; the next attempt fetches it again.
      this.problem = words.unreachable;
    }
    this.#options.onChange();
  }

  #arrive(): Promise<CustomerSession> {
    this.#arriving ??= this.#fetchSession().catch((error: unknown) => {
      this.#arriving = undefined;
      throw error;
    });
    return this.#arriving;
  }

  async #fetchSession(): Promise<CustomerSession> {
    const { CustomerSession } = await import("#client-sdk/customer-session.ts");
    const { inbox, server, onChange } = this.#options;
    const page = () => ({ url: location.href, title: document.title });
    this.#customer = new CustomerSession({ desk: server, inboxKey: inbox, page });
    this.#customer.onChange(onChange);
    return this.#customer;
  }
}
