import { type CSSResultGroup, html, nothing, type PropertyValues } from "lit";
import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import type { RdDeskComposer } from "#client-ui/desk-composer/desk-composer.component.ts";
import type { RoomdeskEvent } from "#client-ui/events.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import { group } from "#client-ui/thread/group.ts";
import { threadLines } from "#client-ui/thread/thread-lines.ts";
import { say } from "#client-ui/words/words.ts";
import type { StaffSession } from "#protocol/people.ts";
import { isRefusal, refusals } from "#protocol/refusals.ts";
import type { Colleague } from "#protocol/workspace.ts";
import type { KnownCustomer } from "../known-customers.ts";
import { Follows } from "../follows.ts";
import { words } from "../words.ts";
import { paneStyles } from "./conversation-pane.styles.ts";
import { naming } from "./naming.ts";
import { WrittenHere } from "./written-here.ts";

/** The brightest thing on the screen: one conversation, with its composer. Asks the session, shows what it says. */
export class RdConversationPane extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, paneStyles];
  static override properties = {
    session: { attribute: false },
    user: { attribute: false },
    customer: { attribute: false },
    colleagues: { attribute: false },
    panelOpen: { type: Boolean },
    refusal: { state: true },
    editing: { state: true },
    note: { state: true },
  };

  declare session: ConversationSession;
  declare user: StaffSession["user"];
  declare customer: KnownCustomer | null;
  declare colleagues: readonly Colleague[];
  declare panelOpen: boolean;
  declare refusal: string;
  declare editing: { readonly id: string; readonly body: string } | null;
  declare note: boolean;

  readonly #session = new Follows(this);
  #written = new WrittenHere("", "");
  #newFrom: string | null = null;
  #named = naming({ customer: null, colleagues: [] });
  #lines = threadLines();

  constructor() {
    super();
    this.customer = null;
    this.colleagues = [];
    this.panelOpen = false;
    this.refusal = "";
    this.editing = null;
    this.note = false;
  }

  /** Where one writes, as soon as it is drawn. */
  override focus(): void {
    void this.updateComplete.then(() => this.composer?.updateComplete).then(() => this.composer?.focus());
  }

  get composer(): RdDeskComposer | null {
    return this.renderRoot.querySelector("rd-desk-composer");
  }

  get thread(): HTMLElement | null {
    return this.renderRoot.querySelector("rd-long-thread");
  }

  /** As the button in the head does. */
  closeConversation(): void {
    if (this.session.header && this.session.status === "open") void this.#ask(this.session.close());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { id, role } = this.user;
    if (changed.has("user")) this.#lines = threadLines({ opened: words.opened, moderates: role !== "agent" });
    if (this.#session.follow(this.session)) this.#begin(id);
    if (changed.has("customer") || changed.has("colleagues")) this.#named = naming(this.#names());
    // The divider is put once, when the unread number is first known, and stays until the conversation is left.
    this.#newFrom ??= this.session.isLoading ? null : (this.session.firstUnreadKey ?? "");
  }

  #begin(userId: string): void {
    this.#written = new WrittenHere(userId, this.session.conversationId ?? "");
    this.#newFrom = null;
    this.editing = null;
    this.refusal = "";
    this.note = this.#written.isNote;
  }

  #names(): Parameters<typeof naming>[0] {
    return { customer: this.customer?.name ? this.customer : null, colleagues: this.colleagues };
  }

  protected override render(): unknown {
    const { session } = this;
    if (session.error) return this.#stopped(session.error.say);
    return html`
      <rd-conversation-head
        .session=${session}
        .user=${this.user}
        .customer=${this.customer}
        .panelOpen=${this.panelOpen}
        @pane-ask=${(e: CustomEvent<Promise<unknown>>) => void this.#ask(e.detail)}
      ></rd-conversation-head>
      <rd-banner .connection=${connectionOf(session)}></rd-banner>
      ${session.isLoading ? this.#awaited() : this.#thread()}
      <rd-typing-lid .names=${this.#typing()}></rd-typing-lid>
      ${this.#notice()} ${this.#composer()}
    `;
  }

  #awaited(): unknown {
    return html`<div class="awaited">
      <rd-skeleton-rows kind="thread" .rows=${6}></rd-skeleton-rows>
      <p class="slow">${words.slow}</p>
    </div>`;
  }

  #thread(): unknown {
    const { session } = this;
    return html`<rd-long-thread
      avatars
      .items=${group(this.#lines(this.#named(session.messages)), { newFrom: this.#newFrom })}
      .loadingOlder=${session.isLoadingOlder}
      @rd-older=${() => void session.loadOlder()}
      @rd-seen=${(e: RoomdeskEvent<"rd-seen">) => session.markRead(e.detail.id)}
      @rd-retry=${(e: RoomdeskEvent<"rd-retry">) => void session.retry(e.detail.id)}
      @rd-discard=${(e: RoomdeskEvent<"rd-discard">) => void session.discard(e.detail.id)}
      @rd-delete=${(e: RoomdeskEvent<"rd-delete">) => void this.#ask(session.deleteMessage(e.detail.id))}
      @rd-edit=${(e: RoomdeskEvent<"rd-edit">) => (this.editing = e.detail)}
    ></rd-long-thread>`;
  }

  #typing(): readonly string[] {
    return this.session.typingUsers.map(({ side, name }) => (side === "customer" && this.customer?.name) || name);
  }

  /** In a closed conversation only notes are written, and the line above the composer says so. */
  #composer(): unknown {
    const { session } = this;
    const closed = session.status === "closed";
    const member = session.header?.members.find(({ side }) => side === "customer");
    const name = this.customer?.name || member?.name;
    return html`<rd-desk-composer
      ?notes=${!closed}
      .note=${this.note || closed}
      .placeholder=${this.note || closed ? say("writeNote") : ""}
      .value=${this.#written.body}
      .recipient=${name ? words.to(name) : ""}
      .refusal=${this.refusal}
      .editing=${this.editing}
      @rd-compose=${this.#compose}
      @rd-mode=${(e: RoomdeskEvent<"rd-mode">) => (this.note = this.#written.isNote = e.detail.note)}
      @rd-typing=${(e: RoomdeskEvent<"rd-typing">) => session.sendTypingIndicator(e.detail.on)}
      @rd-draft=${(e: RoomdeskEvent<"rd-draft">) => this.editing ?? (this.#written.body = e.detail.body)}
      @rd-edit-cancel=${() => (this.editing = null)}
    ></rd-desk-composer>`;
  }

  #notice(): unknown {
    const { notice, status } = this.session;
    return html`${status === "closed" ? html`<p class="closed">${words.isClosed}</p>` : nothing}
    ${notice ? html`<p class="notice">${notice === "outbox_expired" ? words.expired : words.notKept}</p>` : nothing}`;
  }

  #stopped(sentence: string): unknown {
    const back = () =>
      this.dispatchEvent(new CustomEvent("desk-choose", { detail: { id: null }, bubbles: true, composed: true }));
    return html`<div class="stopped" role="alert">
      <h2>${words.stopped}</h2>
      <p>${sentence}</p>
      <button type="button" class="button" @click=${back}>${words.back}</button>
    </div>`;
  }

  #compose(e: RoomdeskEvent<"rd-compose">): void {
    const { body, editing, note } = e.detail;
    this.editing = null;
    const { session } = this;
    void this.#ask(
      editing ? session.editMessage(editing, body) : note ? session.postNote(body) : session.sendMessage(body),
    );
  }

  async #ask(answer: Promise<unknown>): Promise<void> {
    this.refusal = "";
    const refused = await answer;
    if (isRefusal(refused)) this.refusal = refusals[refused.refused].say;
  }
}

function connectionOf({ connection }: ConversationSession): "online" | "reconnecting" | "offline" {
  return connection === "reconnecting" || connection === "offline" ? connection : "online";
}
