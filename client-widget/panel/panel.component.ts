import { type CSSResultGroup, html } from "lit";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { chevronDown, chevronLeft, close } from "#client-ui/icons/paths.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import type { Chat } from "../chat.ts";
import type { RdConversation } from "../conversation/conversation.component.ts";
import type { RdHome } from "../home/home.component.ts";
import { holdsFocus } from "../on-the-page.ts";
import { missing, missingStyles, Part } from "../part.ts";
import type { Visit } from "../visit.ts";
import { say } from "../words.ts";
import { headOf } from "./head.ts";
import { panelStyles } from "./panel.styles.ts";

/** What opens above the launcher: the door, or one conversation with its head. Its visit says which. */
export class RdPanel extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, panelStyles, missingStyles];
  static override properties = { visit: { attribute: false } };

  declare visit: Visit;

  #shown: unknown;
  #hadFocus = false;
  readonly #talk = new Part(
    () => import("../conversation/define.ts"),
    () => this.requestUpdate(),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#talk.fetch();
  }

  /** Where one goes on writing or choosing; where a finger points, the keyboard stays away. */
  override focus(options?: FocusOptions): void {
    const isTouch = matchMedia("(pointer: coarse)").matches;
    const inside = this.#inside;
    if (inside && !(isTouch && inside.localName === "rd-conversation")) inside.focus(options);
    else this.renderRoot.querySelector<HTMLElement>("button")?.focus(options);
  }

  /** F6 walks over head, thread and composer, and around. */
  walk(back: boolean): void {
    const head = this.renderRoot.querySelector<HTMLElement>(".head button, .over button");
    const regions = [head, ...(this.#inside?.regions ?? [])].filter((region) => region !== null);
    const at = regions.findIndex(holdsFocus);
    const next = regions.at((at + (back ? -1 : 1)) % regions.length);
    const button = next?.querySelector<HTMLElement>("button");
    (next && button && !next.localName.includes("-") ? button : next)?.focus();
  }

  /** Where Tab comes in again when it has left the panel at its other end. */
  focusEdge(end: "first" | "last"): void {
    const inside = this.#inside;
    if (end === "last" && inside) (inside.regions.at(-1) ?? inside).focus();
    else this.renderRoot.querySelector<HTMLElement>("button")?.focus();
  }

  get #inside(): RdConversation | RdHome | null {
    return this.renderRoot.querySelector<RdConversation | RdHome>("rd-conversation, rd-home");
  }

  protected override willUpdate(): void {
    this.#hadFocus = holdsFocus(this);
  }

  protected override updated(): void {
    const { place } = this.visit;
    const shown = place.at !== "chat" ? place.at : this.#talk.state === "there" ? place.chat : "coming";
    const isElsewhere = this.#shown !== undefined && this.#shown !== shown;
    this.#shown = shown;
    // What had the focus may be gone; it never comes from the page around us.
    if (isElsewhere && this.#hadFocus) void this.#takeFocus();
  }

  /** On the way in there is nothing to write in yet: the head holds the focus, or it would fall out of the panel. */
  async #takeFocus(): Promise<void> {
    await this.#inside?.updateComplete;
    this.focus({ preventScroll: true });
  }

  protected override render(): unknown {
    const { place } = this.visit;
    return place.at === "home" ? this.#home() : this.#conversation(place.at === "chat" ? place.chat : undefined);
  }

  #home(): unknown {
    const { organisation, conversations, faces, trouble, isOpening, isKnown, isForgetful } = this.visit;
    return html`<span class="over">${this.#closeButton(close)}</span>
      <rd-home
        .organisation=${organisation}
        .conversations=${conversations}
        .faces=${faces}
        .trouble=${trouble}
        .opening=${isOpening}
        .known=${isKnown}
        .forgetful=${isForgetful}
        @widget-choose=${(e: CustomEvent<{ id: string | null }>) => this.visit.goTo(e.detail.id)}
        @widget-retry=${() => void this.visit.connect()}
      ></rd-home>`;
  }

  #conversation(chat: Chat | undefined): unknown {
    return html`${this.#header(chat)}${chat && this.#talk.state === "there" ? this.#talking(chat) : this.#awaited()}`;
  }

  #talking(chat: Chat): unknown {
    return html`<rd-conversation
      .chat=${chat}
      .drafts=${this.visit.drafts}
      .prefills=${this.visit.prefills}
      @widget-start-new=${() => this.visit.goTo(null)}
    ></rd-conversation>`;
  }

  #awaited(): unknown {
    return this.#talk.state === "missing"
      ? missing(this.#talk, () => this.requestUpdate())
      : html`<rd-skeleton-rows kind="thread"></rd-skeleton-rows>`;
  }

  #header(chat: Chat | undefined): unknown {
    return html`<div class="head">
      <button type="button" class="round" aria-label=${say("back")} @click=${() => this.visit.goHome()}>
        ${icon(chevronLeft, 20, true)}
      </button>
      ${chat ? headOf(chat, this.visit.organisation) : html`<div class="who"></div>`} ${this.#closeButton(chevronDown)}
    </div>`;
  }

  #closeButton(path: string): unknown {
    const shut = () => this.dispatchEvent(new CustomEvent("widget-close", { bubbles: true, composed: true }));
    return html`<button type="button" class="round" aria-label=${say("close")} @click=${shut}>
      ${icon(path, 20)}
    </button>`;
  }
}
