import type { CustomerConversation, CustomerSession as Admitted } from "#protocol/people.ts";
import { backoffMs } from "./backoff.ts";
import { Changes } from "./changes.ts";
import type { ConversationSession } from "./conversation-session.ts";
import { CustomerAdmission } from "./customer-admission.ts";
import { CustomerConversations } from "./customer-conversations.ts";
import { customerWires, type CustomerWires, type Page } from "./customer-wires.ts";
import { failed, type Failed } from "./desk-request.ts";
import { browserMemory, type DeviceMemory } from "./device-memory.ts";
import { browserKeeping, type OpenKeeping } from "./open-outbox.ts";
import { problemOf, unreachableProblem, type Notice, type Problem } from "./problem.ts";
import { systemWorld } from "./system-world.ts";
import type { Cancel, World } from "./world.ts";

export type CustomerOptions = {
  /** Origin of the desk. */
  readonly desk: string;
  readonly inboxKey: string;
  /** Where the customer is when a conversation begins. */
  readonly page?: () => Page;
  /** For Node, playgrounds and tests. */
  readonly world?: World;
  readonly memory?: DeviceMemory;
  readonly keeping?: OpenKeeping;
  readonly wires?: CustomerWires;
  readonly fetch?: typeof globalThis.fetch;
};

/** A customer of one inbox in this browser: who they are, and their conversations. */
export class CustomerSession {
  state: "idle" | "opening" | "open" | "failed" = "idle";
  error: Problem | null = null;
  readonly #world: World;
  readonly #admission: CustomerAdmission;
  readonly #wires: ReturnType<CustomerWires>;
  readonly #changes = new Changes();
  readonly #newConversations: () => CustomerConversations;
  #conversations: CustomerConversations;
  #admitted: Admitted | undefined;
  /** Who we were when the desk turned us away. */
  #last: Admitted["customer"] | undefined;
  #opening: Promise<Failed | undefined> | undefined;
  #tries = 0;
  #cancelAgain: Cancel | undefined;

  constructor(options: CustomerOptions) {
    const { desk, inboxKey, page, fetch, keeping = browserKeeping } = options;
    this.#world = options.world ?? systemWorld();
    this.#admission = new CustomerAdmission(inboxKey, options.memory ?? browserMemory(inboxKey), this.#world.newId);
    this.#wires = (options.wires ?? customerWires)({
      desk,
      world: this.#world,
      identity: this.#admission.headers,
      fetch,
    });
    this.#newConversations = () =>
      new CustomerConversations({
        ...this.#wires,
        name: `roomdesk-${inboxKey}`,
        world: this.#world,
        keeping,
        page,
        customerName: () => this.#admitted?.customer.name ?? "",
        changed: () => this.#changes.mark(),
        signedOut: () => this.#leave().close(),
        turnedAway: () => void this.#turnedAway(),
      });
    this.#conversations = this.#newConversations();
  }

  /** This browser has been here before. */
  get isKnown(): boolean {
    return this.#admission.isKnown;
  }

  get customer(): Admitted["customer"] | null {
    return this.#admitted?.customer ?? null;
  }

  get inbox(): Admitted["inbox"] | null {
    return this.#admitted?.inbox ?? null;
  }

  /** Newest first. */
  get conversations(): readonly CustomerConversation[] {
    return this.#conversations.list;
  }

  get unread(): number {
    return this.conversations.reduce((sum, { unread }) => sum + unread, 0);
  }

  /** Key of a conversation that has been begun and is not at the desk yet. */
  get draft(): string | null {
    return this.#conversations.draft;
  }

  get notice(): Notice | null {
    return this.#admission.memory.isBlocked ? "storage_blocked" : null;
  }

  onChange(listener: () => void): Cancel {
    return this.#changes.on(listener);
  }

  /** Lets the desk know that we are here; once more: asks it for the list again. */
  open(): Promise<Failed | undefined> {
    return this.#once(() => this.#enter());
  }

  /** The one with this id, or without an id a new one, which the desk will know with its first message. */
  conversation(id?: string): ConversationSession {
    return this.#conversations.session(id);
  }

  /** @param jwt signed by the host's server, used once */
  async identify(jwt: string): Promise<Failed | undefined> {
    await this.#opening;
    return this.#enter(jwt);
  }

  /** Nothing of this customer stays on the device, in no tab. */
  async logout(): Promise<void> {
    await this.#opening;
    const told = this.#admitted && this.#wires.api.signOut(); // with the token, so before it is forgotten
    this.#admission.forget();
    await this.#leave().destroy();
    await told;
  }

  destroy(): void {
    this.#changes.end();
    this.#leave().close();
  }

  #again(): Promise<Failed | undefined> {
    return this.#once(() => this.#enter(undefined, true));
  }

  /**
   * Our session has ended, or has become another customer's in another tab: we are whoever this browser is now. A known
   * customer does not turn into a stranger without a word: the page is told, and must say again who it is.
   */
  async #turnedAway(): Promise<void> {
    if (this.state !== "open" || this.#opening) return;
    const before = this.#admitted?.customer;
    const answer = await this.#once(() => this.#enter(undefined, true, !before?.verified));
    if (!answer || !("refused" in answer) || answer.refused !== "not_signed_in") return;
    this.#leave().close();
    this.#last = before;
    this.#set("failed", problemOf("not_signed_in"));
  }

  #once(enter: () => Promise<Failed | undefined>): Promise<Failed | undefined> {
    this.#opening ??= enter().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #enter(identity?: string, isAgain = false, asAnybody = true): Promise<Failed | undefined> {
    const before = this.#admitted?.customer ?? this.#last;
    this.#cancelAgain?.();
    if (!before && !isAgain) this.#set("opening"); // trying again by ourselves is not worth a flicker
    const conversations = this.#conversations;
    await conversations.start();
    const answer = await this.#admission.enter(this.#wires.api, identity, asAnybody);
    if (conversations !== this.#conversations) return undefined; // signed out meanwhile
    if (failed(answer)) return this.#failed(answer, identity !== undefined);
    // Another known person is not the same customer: nothing of the one before is theirs.
    if (before?.verified && before.id !== answer.customer.id) await this.#replace();
    this.#tries = 0;
    this.#last = undefined;
    this.#admitted = answer;
    this.#conversations.admit(answer.conversations);
    this.#set("open");
    return undefined;
  }

  #failed(answer: Failed, isIdentity: boolean): Failed {
    if (this.#admitted || isIdentity) {
      this.#set(this.#admitted ? "open" : "idle");
      return answer;
    }
    this.#set("failed", "refused" in answer ? problemOf(answer.refused) : unreachableProblem);
    // What was written meanwhile is kept and waits for us to be let in.
    if (this.error?.retry) this.#cancelAgain = this.#world.clock.after(this.#pauseMs(answer), () => void this.#again());
    return answer;
  }

  #pauseMs(answer: Failed): number {
    const told = "refused" in answer ? answer.retryInMs : undefined;
    return told ?? backoffMs(this.#tries++, this.#world.chance) + 500;
  }

  async #replace(): Promise<void> {
    const before = this.#conversations;
    this.#conversations = this.#newConversations();
    await before.destroy();
    await this.#conversations.start();
  }

  /** At the door again, with what we leave behind. */
  #leave(): CustomerConversations {
    const before = this.#conversations;
    this.#cancelAgain?.();
    this.#admission.leave();
    this.#admitted = undefined;
    this.#conversations = this.#newConversations();
    this.#set("idle");
    return before;
  }

  #set(state: CustomerSession["state"], error: Problem | null = null): void {
    this.state = state;
    this.error = error;
    this.#changes.mark();
  }
}
