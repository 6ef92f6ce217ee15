import { type CSSResultGroup, html, nothing } from "lit";
import { door } from "#client-ui/icons/glyphs.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { chevronRight } from "#client-ui/icons/paths.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import { dayOf, timeOf } from "#client-ui/words/dates.ts";
import type { CustomerConversation } from "#protocol/people.ts";
import { words } from "../words.ts";
import { homeStyles } from "./home.styles.ts";

/** The room behind the door: a greeting, the customer's conversations, and the way to a new one. */
export class RdHome extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, homeStyles];
  static override properties = {
    organisation: {},
    conversations: { attribute: false },
    problem: {},
    opening: { type: Boolean },
  };

  declare organisation: string;
  declare conversations: readonly CustomerConversation[];
  /** Why the desk cannot be opened, as a sentence; empty when it can. */
  declare problem: string;
  declare opening: boolean;

  constructor() {
    super();
    this.organisation = "";
    this.conversations = [];
    this.problem = "";
    this.opening = false;
  }

  protected override render(): unknown {
    return html`
      <div class="hero">
        ${plan()}
        <h2>${words.hello}<br />${words.whatCanWeDo}</h2>
        <p>${words.answersHere}</p>
      </div>
      <div class="cards">
        ${this.problem ? this.#problem() : nothing} ${this.conversations.length > 0 ? this.#conversations() : nothing}
        <button type="button" class="card" @click=${() => this.#choose(null)}>
          <span class="mark">${door(20, true)}</span>
          <span class="text"><b>${words.sendUsAMessage}</b><small>${words.noAccount}</small></span>
          ${icon(chevronRight, 16, true)}
        </button>
      </div>
      <p class="made">${door(12)} Roomdesk</p>
    `;
  }

  #conversations(): unknown {
    return html`<section aria-label=${words.earlier}>
      ${this.conversations.slice(0, 5).map((conversation) => this.#conversation(conversation))}
    </section>`;
  }

  #conversation(conversation: CustomerConversation): unknown {
    const { id, unread, lastAt, lastLine, status } = conversation;
    return html`<button type="button" class="card" @click=${() => this.#choose(id)}>
      <span class="text">
        <b dir="auto">${lastLine ?? words.noMessageYet}</b>
        <small>${status === "closed" ? `${words.closedConversation} · ` : nothing}${whenOf(lastAt)}</small>
      </span>
      ${
        unread > 0
          ? html`<span class="count"
              ><span aria-hidden="true">${unread > 99 ? "99+" : unread}</span
              ><span class="sr">${words.unread(unread)}</span></span
            >`
          : icon(chevronRight, 16, true)
      }
    </button>`;
  }

  #problem(): unknown {
    const again = () => this.dispatchEvent(new CustomEvent("widget-retry", { bubbles: true, composed: true }));
    return html`<div class="problem" role="alert">
      <p>${this.problem}</p>
      <button type="button" class="button" @click=${again}>${words.tryAgain}</button>
    </div>`;
  }

  #choose(id: string | null): void {
    this.dispatchEvent(new CustomEvent("widget-choose", { detail: { id }, bubbles: true, composed: true }));
  }
}

const whenOf = (at: number): string => {
  const day = dayOf(at);
  return new Date(at).toDateString() === new Date().toDateString() ? timeOf(at) : day;
};

/** The floor plan behind the greeting: a wall, an open door, a desk with its lamp on. */
const plan = () =>
  html`<svg
    class="plan mirror"
    viewBox="0 0 110 150"
    width="110"
    height="150"
    fill="none"
    stroke="currentColor"
    aria-hidden="true"
  >
    <path d="M110 20H20v42M20 108v42h90" stroke-width="2"></path>
    <path d="M20 62h40M60 62a46 46 0 0 1-40 46" stroke-dasharray="3 4"></path>
    <circle class="light" cx="100" cy="80" r="28" stroke="none"></circle>
    <rect x="80" y="64" width="44" height="30" rx="4" stroke-width="2"></rect>
    <circle class="lamp" cx="100" cy="79" r="5" stroke="none"></circle>
  </svg>`;
