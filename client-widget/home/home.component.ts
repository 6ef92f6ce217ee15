import { type CSSResultGroup, html, nothing } from "lit";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { circledMark, door } from "#client-ui/icons/glyphs.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { check, chevronRight, message, wifiOff } from "#client-ui/icons/paths.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import type { Speaker } from "#client-ui/thread/thread-item.ts";
import type { CustomerConversation } from "#protocol/people.ts";
import type { Trouble } from "../customer.ts";
import { say } from "../words.ts";
import { cardStyles } from "./cards.styles.ts";
import { conversationCard } from "./conversation-card.ts";
import { homeStyles } from "./home.styles.ts";
import { plan } from "./plan.ts";
import { isFinal, sentenceOf } from "./trouble.ts";

const atFirst = 3;

/** The room behind the door: a greeting, the customer's conversations, and the way to a new one. */
export class RdHome extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, homeStyles, cardStyles];
  static override properties = {
    organisation: {},
    conversations: { attribute: false },
    faces: { attribute: false },
    trouble: { attribute: false },
    opening: { type: Boolean },
    known: { type: Boolean },
    forgetful: { type: Boolean },
    all: { state: true },
  };

  declare organisation: string;
  declare conversations: readonly CustomerConversation[];
  /** Who answers in which conversation, as far as it is known. */
  declare faces: ReadonlyMap<string, Speaker>;
  /** Why the desk cannot be opened. */
  declare trouble: Trouble | null;
  declare opening: boolean;
  /** This browser has conversations, though they may not be there yet. */
  declare known: boolean;
  /** This browser keeps nothing. */
  declare forgetful: boolean;
  declare private all: boolean;

  constructor() {
    super();
    this.organisation = "";
    this.conversations = [];
    this.faces = new Map();
    this.trouble = null;
    this.opening = false;
    this.known = false;
    this.forgetful = false;
    this.all = false;
  }

  /** Where F6 goes. */
  get regions(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>(".cards")];
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>(".cards button")?.focus(options);
  }

  protected override render(): unknown {
    const { trouble } = this;
    const isShut = trouble !== null && isFinal(trouble);
    return html`
      <div class="hero">
        ${plan()}
        <p class="whose">${this.organisation ? html`${door(16)}<bdi>${this.organisation}</bdi>` : nothing}</p>
        ${isShut ? html`<h2>${say("cannotOpen")}</h2>` : greeting()}
      </div>
      <div class="cards">
        ${trouble ? this.#trouble(trouble) : nothing} ${this.#conversations()} ${isShut ? nothing : this.#write()}
        ${this.#promises()}
      </div>
      <p class="made">${door(12)} Roomdesk</p>
    `;
  }

  #write(): unknown {
    const isFirst = this.conversations.length === 0;
    return html`<button type="button" class="card write" @click=${() => this.#choose(null)}>
      <span class="mark">${door(20, true)}</span>
      <span class="text">
        <b>${say(isFirst ? "sendUsAMessage" : "startNew")}</b>
        ${isFirst ? html`<small>${say("noAccount")}</small>` : nothing}
      </span>
      ${icon(chevronRight, 16, true)}
    </button>`;
  }

  #conversations(): unknown {
    const { conversations } = this;
    if (conversations.length === 0) return this.#awaited();
    const shown = this.all ? conversations : conversations.slice(0, atFirst);
    const hidden = conversations.length - shown.length;
    return html`<section aria-label=${say("yours")}>
      ${shown.map((one) =>
        conversationCard(one, this.faces.get(one.id), this.organisation, () => this.#choose(one.id)),
      )}
      ${
        hidden > 0
          ? html`<button type="button" class="card more" @click=${() => (this.all = true)}>
              ${say("moreConversations", { n: hidden })}
            </button>`
          : nothing
      }
    </section>`;
  }

  /** What a newcomer may count on here; where nothing is kept, it says that instead. */
  #promises(): unknown {
    if (this.forgetful) return html`<p class="aside">${say("storageBlocked")}</p>`;
    if (this.conversations.length > 0 || this.#isAwaiting || this.trouble) return nothing;
    return html`<ul>
      <li>${icon(check, 16)}${say("isKept")}</li>
      <li>${icon(message, 16)}${say("mayClose")}</li>
    </ul>`;
  }

  /** Still rows in the place of what is on its way, so that nothing jumps when it comes. */
  #awaited(): unknown {
    if (!this.#isAwaiting || this.trouble) return nothing;
    return html`<section><rd-skeleton-rows rows="1"></rd-skeleton-rows></section>`;
  }

  #trouble(trouble: Trouble): unknown {
    const again = () => this.dispatchEvent(new CustomEvent("widget-retry", { bubbles: true, composed: true }));
    if (isFinal(trouble))
      return html`<div class="trouble" role="alert">
        ${circledMark()}
        <p>${sentenceOf(trouble)}</p>
      </div>`;
    return html`<div class="trouble" role="alert">
      ${icon(wifiOff, 18)}
      <p>
        <b>${sentenceOf(trouble)}</b>
        ${trouble.code === "part_missing" ? nothing : say("mayWrite")}
      </p>
      <button type="button" class="button" aria-disabled=${this.opening ? "true" : nothing} @click=${again}>
        ${say(this.opening ? "tryingAgain" : "tryAgain")}
      </button>
    </div>`;
  }

  get #isAwaiting(): boolean {
    return this.known && this.opening;
  }

  #choose(id: string | null): void {
    this.dispatchEvent(new CustomEvent("widget-choose", { detail: { id }, bubbles: true, composed: true }));
  }
}

const greeting = () =>
  html`<h2>${say("hello")} <br />${say("whatCanWeDo")}</h2>
    <p class="promise">${say("answersHere")}</p>`;
