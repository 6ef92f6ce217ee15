import { type CSSResultGroup, html, nothing, type PropertyValues } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Connection } from "#client-ui/banner/banner.component.ts";
import { loadMarkdown } from "#client-ui/markdown/load-markdown.ts";
import type { RoomdeskEvent } from "#client-ui/events.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import { group } from "#client-ui/thread/group.ts";
import { threadLines } from "#client-ui/thread/thread-lines.ts";
import { isRefusal, refusals } from "#protocol/refusals.ts";
import type { Chat } from "../chat.ts";
import type { Drafts } from "../drafts.ts";
import { say } from "../words.ts";
import { conversationStyles } from "./conversation.styles.ts";
import { closed, empty, notice, stopped } from "./foot.ts";
import { Reading } from "./reading.ts";

/** One conversation as its customer sees it: thread, who writes, composer. Asks the session, shows what it says. */
export class RdConversation extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, conversationStyles];
  static override properties = {
    chat: { attribute: false },
    drafts: { attribute: false },
    prefills: { type: Number },
    refusal: { state: true },
    editing: { state: true },
    isGoingOn: { state: true },
    isNoticed: { state: true },
  };

  declare chat: Chat;
  declare drafts: Drafts;
  /** Rises when the embedding page has put a text into the draft. */
  declare prefills: number;
  declare private refusal: string;
  declare private editing: { readonly id: string; readonly body: string } | null;
  declare private isGoingOn: boolean;
  declare private isNoticed: boolean;

  #stopListening: (() => void) | undefined;
  #of: string | null = null;
  #begun = "";
  /** A composer of its own for each text it begins with. */
  #composers = 0;
  #reading: Reading | undefined;
  readonly #lines = threadLines();

  constructor() {
    super();
    this.prefills = 0;
    this.refusal = "";
    this.editing = null;
    this.isGoingOn = false;
    this.isNoticed = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void loadMarkdown();
    if (this.chat && !this.#stopListening) this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  /** Where F6 goes, in order. */
  get regions(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>("rd-thread, rd-composer, .ending")];
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>("rd-composer, .ending button")?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("chat")) this.#listen();
    if (changed.has("chat") || changed.has("prefills")) this.#begin();
  }

  #listen(): void {
    this.#stopListening?.();
    this.#stopListening = this.chat.onChange(() => this.#changed());
    this.#reading = new Reading(this.chat);
    this.#reading.look();
    this.#of = this.chat.conversationId;
    this.editing = null;
    this.refusal = "";
    this.isNoticed = this.isGoingOn = false;
  }

  #begin(): void {
    this.#begun = this.drafts.read(this.#of);
    this.#composers += 1;
  }

  #changed(): void {
    this.#reading?.look();
    const { conversationId } = this.chat;
    if (conversationId !== null && this.#of === null) this.drafts.move(conversationId);
    this.#of = conversationId;
    this.requestUpdate();
  }

  protected override render(): unknown {
    const { chat } = this;
    const isEmpty = chat.messages.length === 0;
    if (chat.error && isEmpty) return this.#foot();
    return html`
      <rd-banner .connection=${connectionOf(chat)}></rd-banner>
      ${chat.isLoading && isEmpty ? html`<rd-skeleton-rows kind="thread" .rows=${4}></rd-skeleton-rows>` : this.#thread()}
      <rd-typing-lid bubble .names=${chat.typingUsers.map((user) => user.name)}></rd-typing-lid>
      ${this.isNoticed ? nothing : notice(chat.notice, () => (this.isNoticed = true))} ${this.#foot()}
    `;
  }

  #thread(): unknown {
    const { chat } = this;
    const items = group(this.#lines(chat.messages), { newFrom: this.#reading?.newFrom });
    return html`<rd-thread
      .items=${items}
      .label=${say("conversation")}
      .loadingOlder=${chat.isLoadingOlder}
      @rd-older=${() => void chat.loadOlder()}
      @rd-seen=${(e: RoomdeskEvent<"rd-seen">) => this.#reading?.seen(e.detail.id)}
      @rd-retry=${(e: RoomdeskEvent<"rd-retry">) => void chat.retry(e.detail.id)}
      @rd-discard=${(e: RoomdeskEvent<"rd-discard">) => void chat.discard(e.detail.id)}
      @rd-delete=${(e: RoomdeskEvent<"rd-delete">) => void this.#ask(chat.deleteMessage(e.detail.id))}
      @rd-edit=${(e: RoomdeskEvent<"rd-edit">) => (this.editing = e.detail)}
    >
      ${empty()}
    </rd-thread>`;
  }

  #foot(): unknown {
    const startNew = () => this.dispatchEvent(new CustomEvent("widget-start-new", { bubbles: true, composed: true }));
    if (this.chat.error) return stopped(this.chat.error, this.chat.messages.length === 0, startNew);
    if (this.chat.status === "closed") return closed(this.isGoingOn, () => void this.#goOn(), startNew);
    return keyed(
      this.#composers,
      html`<rd-composer
        .value=${this.#begun}
        .refusal=${this.refusal}
        .editing=${this.editing}
        @rd-compose=${(e: RoomdeskEvent<"rd-compose">) => void this.#compose(e)}
        @rd-typing=${(e: RoomdeskEvent<"rd-typing">) => this.chat.sendTypingIndicator(e.detail.on)}
        @rd-draft=${(e: RoomdeskEvent<"rd-draft">) => this.#keepDraft(e.detail.body)}
        @rd-edit-cancel=${() => (this.editing = null)}
      ></rd-composer>`,
    );
  }

  async #compose({ detail: { body, editing } }: RoomdeskEvent<"rd-compose">): Promise<void> {
    this.editing = null;
    const isRefused = await this.#ask(editing ? this.chat.editMessage(editing, body) : this.chat.sendMessage(body));
    if (isRefused) this.#giveBack(body, editing);
  }

  /** What was not taken stands in the composer again, under the reason. */
  #giveBack(body: string, editing: string | null): void {
    if (editing) this.editing = { id: editing, body };
    else {
      this.drafts.add(this.#of, body);
      this.#begin();
      this.requestUpdate();
    }
  }

  #keepDraft(body: string): void {
    if (!this.editing) this.drafts.keep(this.#of, body);
  }

  async #goOn(): Promise<void> {
    this.isGoingOn = true;
    await this.#ask(this.chat.reopen());
    this.isGoingOn = false;
    await this.updateComplete;
    this.focus();
  }

  /** Whether it was refused; the reason then stands at the composer. */
  async #ask(asked: Promise<unknown>): Promise<boolean> {
    this.refusal = "";
    const answer = await asked;
    if (!isRefusal(answer)) return false;
    this.refusal = refusals[answer.refused].say;
    return true;
  }
}

/** The first connecting has no banner: still rows say it. */
function connectionOf({ connection, error }: Chat): Connection {
  if (error) return "online"; // there is no way back to wait for
  return connection === "reconnecting" || connection === "offline" ? connection : "online";
}
