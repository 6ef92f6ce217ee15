import { type CSSResultGroup, html, nothing, type PropertyValues } from "lit";
import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import type { RoomdeskEvent } from "#client-ui/events.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import { group } from "#client-ui/thread/group.ts";
import { threadLines } from "#client-ui/thread/thread-lines.ts";
import { isRefusal, refusals } from "#protocol/refusals.ts";
import { Draft } from "#client-ui/draft.ts";
import { words } from "../words.ts";
import { conversationStyles } from "./conversation.styles.ts";

/** One conversation as its customer sees it: thread, who writes, composer. Asks the session, shows what it says. */
export class RdConversation extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, conversationStyles];
  static override properties = {
    session: { attribute: false },
    inbox: {},
    prefilled: {},
    visible: { type: Boolean },
    refusal: { state: true },
    editing: { state: true },
  };

  declare session: ConversationSession;
  /** Key of the inbox, for the draft. */
  declare inbox: string;
  /** A text the embedding page wants in the composer. */
  declare prefilled: string;
  /** Whether the panel is open: what is not on screen has not been read. */
  declare visible: boolean;
  declare refusal: string;
  declare editing: { readonly id: string; readonly body: string } | null;

  #stopListening: (() => void) | undefined;
  #newFrom: string | null = null;
  readonly #lines = threadLines();

  constructor() {
    super();
    this.prefilled = "";
    this.refusal = "";
    this.editing = null;
    this.visible = false;
  }

  get #draft(): Draft {
    return new Draft(`${this.inbox}:${this.session.conversationId ?? "new"}`);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.session) this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening?.();
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("rd-composer")?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("session")) this.#listen();
    if (changed.has("prefilled") && this.prefilled !== "") this.#draft.keep(this.prefilled);
    // Where the unread begins is remembered on opening, so that the line does not run away while one reads.
    if (changed.has("visible") && this.visible) this.#newFrom = this.session.firstUnreadKey ?? null;
  }

  #listen(): void {
    this.#stopListening?.();
    this.#stopListening = this.session.onChange(() => this.requestUpdate());
    this.editing = null;
    this.refusal = "";
  }

  protected override render(): unknown {
    const { session } = this;
    if (session.error) return this.#stopped(session.error.say);
    return html`
      <rd-banner .connection=${connectionOf(session)}></rd-banner>
      ${session.isLoading ? html`<rd-skeleton-rows kind="thread" .rows=${4}></rd-skeleton-rows>` : this.#thread()}
      <rd-typing-lid bubble .names=${session.typingUsers.map((user) => user.name)}></rd-typing-lid>
      ${this.#notice()} ${session.status === "closed" ? this.#closed() : this.#composer()}
    `;
  }

  #thread(): unknown {
    const items = group(this.#lines(this.session.messages), { newFrom: this.#newFrom });
    return html`<rd-thread
      avatars
      .items=${items}
      .label=${words.panel(words.team)}
      .loadingOlder=${this.session.isLoadingOlder}
      @rd-older=${() => void this.session.loadOlder()}
      @rd-seen=${this.#seen}
      @rd-retry=${(e: RoomdeskEvent<"rd-retry">) => void this.session.retry(e.detail.id)}
      @rd-discard=${(e: RoomdeskEvent<"rd-discard">) => void this.session.discard(e.detail.id)}
      @rd-delete=${(e: RoomdeskEvent<"rd-delete">) => void this.#ask(this.session.deleteMessage(e.detail.id))}
      @rd-edit=${this.#edit}
    >
      <p slot="empty" class="first">${words.firstLine}</p>
    </rd-thread>`;
  }

  #composer(): unknown {
    return html`<rd-composer
      .value=${this.#draft.read()}
      .refusal=${this.refusal}
      .editing=${this.editing}
      @rd-compose=${this.#compose}
      @rd-typing=${(e: RoomdeskEvent<"rd-typing">) => this.session.sendTypingIndicator(e.detail.on)}
      @rd-draft=${(e: RoomdeskEvent<"rd-draft">) => this.#keepDraft(e.detail.body)}
      @rd-edit-cancel=${() => (this.editing = null)}
    ></rd-composer>`;
  }

  #notice(): unknown {
    const { notice } = this.session;
    if (!notice) return nothing;
    return html`<p class="notice">${notice === "outbox_not_persistent" ? words.notKept : words.expired}</p>`;
  }

  #closed(): unknown {
    return html`<div class="closed">
      <p>${words.isClosed}</p>
      <button type="button" class="button large" @click=${() => void this.#ask(this.session.reopen())}>
        ${words.goOn}
      </button>
    </div>`;
  }

  #stopped(sentence: string): unknown {
    const again = () => this.dispatchEvent(new CustomEvent("widget-start-again", { bubbles: true, composed: true }));
    return html`<div class="stopped" role="alert">
      <h3>${words.signedOutTitle}</h3>
      <p>${sentence}</p>
      <button type="button" class="button primary large" @click=${again}>${words.startAgain}</button>
    </div>`;
  }

  #compose(e: RoomdeskEvent<"rd-compose">): void {
    const { body, editing } = e.detail;
    this.refusal = "";
    this.editing = null;
    void this.#ask(editing ? this.session.editMessage(editing, body) : this.session.sendMessage(body));
  }

  #edit(e: RoomdeskEvent<"rd-edit">): void {
    this.editing = { id: e.detail.id, body: e.detail.body };
  }

  #seen(e: RoomdeskEvent<"rd-seen">): void {
    if (this.visible) this.session.markRead(e.detail.id);
  }

  #keepDraft(body: string): void {
    if (!this.editing) this.#draft.keep(body);
  }

  async #ask(answer: Promise<unknown> | unknown): Promise<void> {
    const refused = await answer;
    this.refusal = isRefusal(refused) ? refusals[refused.refused].say : "";
  }
}

/** The first connecting has no banner: still rows say it. */
function connectionOf({ connection }: ConversationSession): "online" | "reconnecting" | "offline" {
  return connection === "reconnecting" || connection === "offline" ? connection : "online";
}
