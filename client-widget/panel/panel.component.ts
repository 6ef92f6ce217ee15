import { type CSSResultGroup, html, nothing } from "lit";
import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import { door } from "#client-ui/icons/glyphs.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { chevronDown, chevronLeft } from "#client-ui/icons/paths.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import type { Visit } from "../visit.ts";
import { words } from "../words.ts";
import { panelStyles } from "./panel.styles.ts";

/** What opens above the launcher: the door, or one conversation with its head. */
export class RdPanel extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, panelStyles];
  static override properties = { visit: { attribute: false }, inbox: {} };

  declare visit: Visit;
  declare inbox: string;

  constructor() {
    super();
    this.inbox = "";
  }

  override focus(): void {
    const inside =
      this.renderRoot.querySelector<HTMLElement>("rd-conversation") ??
      this.renderRoot.querySelector<HTMLElement>("rd-home");
    inside?.focus();
  }

  protected override render(): unknown {
    const { place } = this.visit;
    return place.at === "home" ? this.#home() : this.#conversation(place.session);
  }

  #home(): unknown {
    const { organisation, conversations, problem, isOpening } = this.visit;
    return html`<span class="over">${this.#closeButton()}</span>
      <rd-home
        .organisation=${organisation}
        .conversations=${conversations}
        .problem=${problem}
        .opening=${isOpening}
        @widget-choose=${(e: CustomEvent<{ id: string | null }>) => this.visit.goTo(e.detail.id)}
        @widget-retry=${() => void this.visit.connect()}
      ></rd-home>`;
  }

  #conversation(session: ConversationSession): unknown {
    return html`<header>
        <button type="button" class="round" aria-label=${words.back} @click=${() => this.visit.goHome()}>
          ${icon(chevronLeft, 20, true)}
        </button>
        ${this.#who(session)} ${this.#closeButton()}
      </header>
      <rd-conversation
        .session=${session}
        .inbox=${this.inbox}
        .prefilled=${this.visit.prefilled}
        visible
        @widget-start-again=${() => this.visit.goTo(null)}
      ></rd-conversation>`;
  }

  #who(session: ConversationSession): unknown {
    const { organisation } = this.visit;
    const agent = session.header?.members.findLast((member) => member.side === "staff" && member.joined);
    if (!agent)
      return html`<span class="mark">${door(20, true)}</span>
        <div class="who">
          <h2><bdi>${organisation || words.team}</bdi></h2>
          <p>${words.somebodyAnswers}</p>
        </div>`;
    // While the connection is down we do not know who is here, and say nothing.
    const here = agent.online && (session.connection === "online" || session.connection === "back");
    return html`<rd-avatar .person=${agent} .size=${40} .presence=${here ? "online" : ""}></rd-avatar>
      <div class="who">
        <h2><bdi>${agent.name}</bdi></h2>
        <p><bdi>${organisation}</bdi>${here ? ` · ${words.hereNow}` : nothing}</p>
      </div>`;
  }

  #closeButton(): unknown {
    const close = () => this.dispatchEvent(new CustomEvent("widget-close", { bubbles: true, composed: true }));
    return html`<button type="button" class="round" aria-label=${words.close} @click=${close}>
      ${icon(chevronDown, 20)}
    </button>`;
  }
}
