import type { Speaker } from "#client-ui/thread/thread-item.ts";
import type { CustomerConversation } from "#protocol/people.ts";
import { Attention, type Teaser } from "./attention.ts";
import type { Chat } from "./chat.ts";
import { Arrival, type Arrive, type Customer, type Trouble } from "./customer.ts";
import { forgetTeaser, hiddenTeaser, hideTeaser, isKnownHere } from "./device.ts";
import { Drafts } from "./drafts.ts";

/** Where the customer stands: at the door, on the way in, or in one conversation. */
export type Place = { readonly at: "home" } | { readonly at: "coming" } | { readonly at: "chat"; readonly chat: Chat };

export type VisitOptions = {
  readonly inbox: string;
  readonly server: string;
  readonly arrive: Arrive;
  /** Something changed that is drawn. */
  readonly onChange: () => void;
  /** A message for the customer arrived, or one of theirs was saved. */
  readonly onMessage: (kind: "received" | "sent", conversationId: string) => void;
};

const home: Place = { at: "home" };

/** So many open conversations are listened to while the panel is closed, the newest first. */
const attendedMax = 3;

/** A customer's visit to the desk behind one widget: their session, and where they stand in the panel. */
export class Visit {
  place: Place = home;
  /** Rises with each text that the page has put into the draft. */
  prefills = 0;
  readonly drafts: Drafts;
  readonly #options: VisitOptions;
  readonly #arrival: Arrival;
  readonly #attention: Attention;
  #was: Customer["customer"] = null;

  constructor(options: VisitOptions) {
    const { inbox, onChange, onMessage } = options;
    this.#options = options;
    this.drafts = new Drafts(inbox);
    this.#arrival = new Arrival(() => options.arrive(options), {
      arrived: (customer) => customer.onChange(() => this.#changed(customer)),
      changed: onChange,
    });
    this.#attention = new Attention({
      changed: onChange,
      received: (id) => onMessage("received", id),
      sent: (id) => onMessage("sent", id),
    });
  }

  get organisation(): string {
    return this.#customer?.inbox?.organisation ?? "";
  }

  get conversations(): readonly CustomerConversation[] {
    return this.#customer?.conversations ?? [];
  }

  get faces(): ReadonlyMap<string, Speaker> {
    return this.#attention.faces;
  }

  get unread(): number {
    return this.#customer?.unread ?? 0;
  }

  get isOpening(): boolean {
    return this.#arrival.isConnecting;
  }

  get isOpen(): boolean {
    return this.#arrival.isOpen;
  }

  get isKnown(): boolean {
    return isKnownHere(this.#options.inbox);
  }

  /** This browser keeps nothing between pages. */
  get isForgetful(): boolean {
    return this.#customer?.notice === "storage_blocked";
  }

  get trouble(): Trouble | null {
    return this.#arrival.trouble;
  }

  get teaser(): Teaser | null {
    const { teaser } = this.#attention;
    return teaser && teaser.key !== hiddenTeaser(this.#options.inbox) ? teaser : null;
  }

  hideTeaser(): void {
    if (this.teaser) hideTeaser(this.#options.inbox, this.teaser.key);
    this.#options.onChange();
  }

  connect(): Promise<void> {
    return this.#arrival.connect();
  }

  /** On opening the panel: straight to what waits for the customer, else to where they were. */
  enter(): void {
    if (this.place.at !== "home") return;
    const waiting = this.conversations.find(({ unread }) => unread > 0);
    if (waiting) this.goTo(waiting.id);
    else if (this.#customer?.draft) this.goTo(null);
  }

  /** @param id of a conversation; `null` for the one that begins with its first message */
  goTo(id: string | null): void {
    if (this.#customer) this.#stand(this.#customer, id);
    else this.#comeTo(id);
    if (!this.isOpen) void this.connect();
    this.#options.onChange();
  }

  goHome(): void {
    this.place = home;
    void this.connect();
  }

  /** Puts a text into the draft of the conversation that is open, or of a new one, and goes there. */
  async prefill(text: string): Promise<void> {
    if (this.place.at === "home" && !this.isOpen) await this.connect();
    if (this.place.at === "home") this.goTo(this.conversations.find(({ status }) => status === "open")?.id ?? null);
    this.drafts.add(this.place.at === "chat" ? this.place.chat.conversationId : null, text);
    this.prefills += 1;
    this.#options.onChange();
  }

  /** @throws Error with the sentence of the refusal */
  async identify(jwt: string): Promise<void> {
    const failure = await (await this.#arrival.arrive()).identify(jwt);
    if (failure) throw new Error((await import("./sentence-of.ts")).sentenceOf(failure));
  }

  async logout(): Promise<void> {
    await (await this.#arrival.arrive()).logout();
    this.#forget();
  }

  end(): void {
    this.#attention.forget();
    this.#arrival.end();
    this.place = home;
  }

  get #customer(): Customer | undefined {
    return this.#arrival.customer;
  }

  #comeTo(id: string | null): void {
    this.place = { at: "coming" };
    this.#arrival.arrive().then(
      (customer) => {
        if (this.place.at === "coming") this.#stand(customer, id);
        this.#options.onChange();
      },
      () => {
        this.place = home; // where the trouble is said
        this.#options.onChange();
      },
    );
  }

  #stand(customer: Customer, id: string | null): void {
    const chat = id === null ? customer.conversation() : customer.conversation(id);
    this.#attention.attend(chat);
    this.place = { at: "chat", chat };
  }

  #changed(customer: Customer): void {
    const isOther = this.#was?.verified && customer.customer && customer.customer.id !== this.#was.id;
    if (customer.state === "idle" ? this.#was : isOther) this.#forget();
    this.#was = customer.customer;
    this.#attend(customer);
    this.#options.onChange();
  }

  #attend(customer: Customer): void {
    const live = customer.conversations.filter(({ status, unread }) => status === "open" || unread > 0);
    for (const { id } of live.slice(0, attendedMax)) this.#attention.attend(customer.conversation(id));
  }

  /** Signed out, here or in another tab, or somebody else now: nothing of theirs stays on the screen or the device. */
  #forget(): void {
    this.#attention.forget();
    this.drafts.forget();
    forgetTeaser(this.#options.inbox);
    this.place = home;
    this.#options.onChange();
  }
}
