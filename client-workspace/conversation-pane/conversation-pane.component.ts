import { type CSSResultGroup, html, nothing, type PropertyValues } from "lit";
import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import type { RoomdeskEvent } from "#client-ui/events.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import { group } from "#client-ui/thread/group.ts";
import { threadLines } from "#client-ui/thread/thread-lines.ts";
import type { StaffSession } from "#protocol/people.ts";
import { isRefusal, refusals } from "#protocol/refusals.ts";
import { Draft } from "#client-ui/draft.ts";
import { words } from "../words.ts";
import { paneStyles } from "./conversation-pane.styles.ts";

/** The brightest thing on the screen: one conversation, with its composer. Asks the session, shows what it says. */
export class RdConversationPane extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, paneStyles];
  static override properties = {
    session: { attribute: false },
    user: { attribute: false },
    refusal: { state: true },
    editing: { state: true },
    note: { state: true },
  };

  declare session: ConversationSession;
  declare user: StaffSession["user"];
  declare refusal: string;
  declare editing: { readonly id: string; readonly body: string } | null;
  declare note: boolean;

  #stopListening: (() => void) | undefined;
  #newFrom: string | null = null;
  #lines = threadLines();

  constructor() {
    super();
    this.refusal = "";
    this.editing = null;
    this.note = false;
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
    this.renderRoot.querySelector<HTMLElement>("rd-desk-composer")?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("user")) this.#lines = threadLines({ opened: words.opened, moderates: this.user.role !== "agent" });
    if (changed.has("session")) this.#listen();
    // The divider is put once, when the unread number is first known, and stays until the conversation is left.
    this.#newFrom ??= this.session.isLoading ? null : (this.session.firstUnreadKey ?? "");
  }

  #listen(): void {
    this.#stopListening?.();
    this.#stopListening = this.session.onChange(() => this.requestUpdate());
    this.#newFrom = null;
    this.editing = null;
    this.refusal = "";
    this.note = false;
  }

  protected override render(): unknown {
    const { session } = this;
    if (session.error) return this.#stopped(session.error.say);
    return html`
      <rd-conversation-head
        .session=${session}
        .user=${this.user}
        @pane-ask=${(e: CustomEvent<Promise<unknown>>) => void this.#ask(e.detail)}
      ></rd-conversation-head>
      <rd-banner .connection=${connectionOf(session)}></rd-banner>
      ${session.isLoading ? html`<rd-skeleton-rows kind="thread" .rows=${6}></rd-skeleton-rows>` : this.#thread()}
      <rd-typing-lid .names=${session.typingUsers.map((user) => user.name)}></rd-typing-lid>
      ${this.#notice()} ${this.#composer()}
    `;
  }

  #thread(): unknown {
    const { session } = this;
    return html`<rd-long-thread
      avatars
      .items=${group(this.#lines(session.messages), { newFrom: this.#newFrom })}
      .loadingOlder=${session.isLoadingOlder}
      @rd-older=${() => void session.loadOlder()}
      @rd-seen=${(e: RoomdeskEvent<"rd-seen">) => session.markRead(e.detail.id)}
      @rd-retry=${(e: RoomdeskEvent<"rd-retry">) => void session.retry(e.detail.id)}
      @rd-discard=${(e: RoomdeskEvent<"rd-discard">) => void session.discard(e.detail.id)}
      @rd-delete=${(e: RoomdeskEvent<"rd-delete">) => void this.#ask(session.deleteMessage(e.detail.id))}
      @rd-edit=${(e: RoomdeskEvent<"rd-edit">) => (this.editing = e.detail)}
    ></rd-long-thread>`;
  }

  #composer(): unknown {
    const { session } = this;
    const closed = session.status === "closed";
    const customer = session.header?.members.find((member) => member.side === "customer");
    return html`<rd-desk-composer
      notes
      .note=${this.note || closed}
      .closed=${""}
      .value=${this.#draft.read()}
      .recipient=${closed ? words.isClosed : customer ? words.to(customer.name) : ""}
      .refusal=${this.refusal}
      .editing=${this.editing}
      @rd-compose=${this.#compose}
      @rd-mode=${(e: RoomdeskEvent<"rd-mode">) => (this.note = e.detail.note)}
      @rd-typing=${(e: RoomdeskEvent<"rd-typing">) => session.sendTypingIndicator(e.detail.on)}
      @rd-draft=${(e: RoomdeskEvent<"rd-draft">) => this.editing ?? this.#draft.keep(e.detail.body)}
      @rd-edit-cancel=${() => (this.editing = null)}
    ></rd-desk-composer>`;
  }

  #notice(): unknown {
    const { notice } = this.session;
    if (!notice) return nothing;
    return html`<p class="notice">${notice === "outbox_not_persistent" ? words.notKept : words.expired}</p>`;
  }

  #stopped(sentence: string): unknown {
    return html`<div class="stopped" role="alert">
      <h2>${words.stopped}</h2>
      <p>${sentence}</p>
    </div>`;
  }

  get #draft(): Draft {
    return new Draft(this.session.conversationId ?? "");
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
    const refused = await answer;
    this.refusal = isRefusal(refused) ? refusals[refused.refused].say : "";
  }
}

function connectionOf({ connection }: ConversationSession): "online" | "reconnecting" | "offline" {
  return connection === "reconnecting" || connection === "offline" ? connection : "online";
}
