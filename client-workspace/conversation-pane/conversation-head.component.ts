import { type CSSResultGroup, html, nothing } from "lit";
import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { check, chevronLeft, shield, undo, user as person } from "#client-ui/icons/paths.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import type { StaffSession } from "#protocol/people.ts";
import type { KnownCustomer } from "../known-customers.ts";
import { Follows } from "../follows.ts";
import { words } from "../words.ts";
import { headStyles } from "./conversation-head.styles.ts";

/** Who it is, who else looks, and the one thing to do next: close or reopen. */
export class RdConversationHead extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, headStyles];
  static override properties = {
    session: { attribute: false },
    user: { attribute: false },
    customer: { attribute: false },
    panelOpen: { type: Boolean },
  };

  declare session: ConversationSession;
  declare user: StaffSession["user"];
  /** `null` until somebody has said whose conversation it is. */
  declare customer: KnownCustomer | null;
  declare panelOpen: boolean;

  readonly #session = new Follows(this);

  constructor() {
    super();
    this.customer = null;
    this.panelOpen = false;
  }

  protected override willUpdate(): void {
    this.#session.follow(this.session);
  }

  protected override render(): unknown {
    const { connection } = this.session;
    const known = connection === "online" || connection === "back";
    return html`<button
        type="button"
        class="button quiet icon back"
        aria-label=${words.back}
        @click=${() => this.#tell("desk-choose", { id: null })}
      >
        ${icon(chevronLeft, 20, true)}
      </button>
      ${this.#who(known)} ${this.#viewers(known)} ${this.#membership(known)} ${this.#status(known)}
      <button
        type="button"
        class="button icon about"
        aria-label=${words.customerPanel}
        aria-expanded=${this.panelOpen}
        @click=${() => this.#tell("desk-panel", { open: !this.panelOpen })}
      >
        ${icon(person, 16)}
      </button>`;
  }

  #who(known: boolean): unknown {
    const { customer } = this;
    const { header, status } = this.session;
    const member = header?.members.find(({ side }) => side === "customer");
    const name = customer?.name || member?.name || "";
    const presence = known && member ? (member.online ? words.here : words.notHere) : "";
    const parts = [status === "closed" && header && words.closed, presence, customer?.inboxName].filter(Boolean);
    return html`<rd-avatar
        class="face"
        .person=${{ id: customer?.id ?? member?.id ?? "", name, side: "customer" }}
        .size=${36}
        .presence=${known && member ? (member.online ? "online" : "offline") : ""}
      ></rd-avatar>
      <div class="who">
        <div class="name">
          <h1 dir="auto">${name}</h1>
          ${
            customer?.verified
              ? html`<span class="tag" title=${words.verified}>${icon(shield, 12)}<span>${words.verified}</span></span>`
              : nothing
          }
        </div>
        <p dir="auto">${parts.join(" · ")}</p>
      </div>`;
  }

  #viewers(known: boolean): unknown {
    const { header } = this.session;
    const others = [
      ...(header?.viewers ?? []),
      ...(header?.members.filter((member) => member.side === "staff" && member.online) ?? []),
    ].filter(({ id }) => id !== this.user.id);
    if (!known || others.length === 0) return nothing;
    const names = [...new Set(others.map(({ name }) => name.split(" ")[0]))].join(", ");
    const [first] = others;
    return html`<span class="viewers">
      <rd-avatar .person=${{ ...first, side: "staff" }} .size=${20}></rd-avatar>
      <bdi>${words.viewing(names)}</bdi>
    </span>`;
  }

  #membership(known: boolean): unknown {
    const { header, status } = this.session;
    if (!header || status === "closed") return nothing;
    const joined = header.members.some(({ id, joined: isIn }) => id === this.user.id && isIn);
    const ask = () => this.#ask(joined ? this.session.leave() : this.session.join());
    return html`<button
      type="button"
      class="button ${joined ? "quiet" : ""}"
      title=${joined ? nothing : words.joinHint}
      aria-disabled=${!known}
      @click=${known ? ask : nothing}
    >
      ${joined ? words.leave : words.join}
    </button>`;
  }

  /** One button that changes its words, so that the focus stays on it. */
  #status(known: boolean): unknown {
    const { status, header } = this.session;
    if (!header) return nothing;
    const closed = status === "closed";
    const ask = () => this.#ask(closed ? this.session.reopen() : this.session.close());
    return html`<button
      type="button"
      class="button turn"
      aria-disabled=${!known}
      aria-keyshortcuts=${closed ? nothing : "E"}
      @click=${known ? ask : nothing}
    >
      ${icon(closed ? undo : check, 16, closed)}<span class="word">${closed ? words.reopen : words.close}</span>
      ${closed ? nothing : html`<kbd aria-hidden="true">E</kbd>`}
    </button>`;
  }

  #ask(answer: Promise<unknown>): void {
    this.dispatchEvent(new CustomEvent("pane-ask", { detail: answer }));
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
