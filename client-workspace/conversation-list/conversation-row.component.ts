import { type CSSResultGroup, html, nothing } from "lit";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { circledMark } from "#client-ui/icons/glyphs.ts";
import { quarter } from "#client-ui/icons/waiting.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { whenOf } from "#client-ui/words/dates.ts";
import type { Row } from "#protocol/workspace.ts";
import { customerName } from "../customer-name.ts";
import { promiseMs, spanOf, urgencyOf } from "../waiting.ts";
import { words } from "../words.ts";
import { rowStyles } from "./conversation-row.styles.ts";

/** One conversation of the list: who, what they said last, how long they wait, what is unread. */
export class RdConversationRow extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, rowStyles];
  static override properties = {
    row: { attribute: false },
    now: { type: Number },
    known: { type: Boolean },
    reader: {},
    draft: {},
  };

  declare row: Row;
  /** Milliseconds since 1970; moves the waiting time on. */
  declare now: number;
  declare known: boolean;
  /** Whose last lines are "You". */
  declare reader: string;
  /** What the reader began to write there, on this device. */
  declare draft: string;

  constructor() {
    super();
    this.known = true;
    this.reader = "";
    this.draft = "";
  }

  protected override render(): unknown {
    const { customer, unread } = this.row;
    const name = customerName(customer);
    return html`
      <rd-avatar
        .person=${{ id: customer.id, name, side: "customer" }}
        .presence=${!this.known ? "" : customer.online ? "online" : "offline"}
      ></rd-avatar>
      <span class="name ${unread > 0 ? "unread" : ""}" dir="auto">${name}</span>
      ${this.#when()}
      <span class="last ${unread > 0 ? "" : "wide"}" dir="auto">${this.#lastLine()}</span>
      ${
        unread > 0
          ? html`<span class="count"
              ><span aria-hidden="true">${unread > 99 ? "99+" : unread}</span
              ><span class="sr">${words.unread(unread)}</span></span
            >`
          : nothing
      }
    `;
  }

  #when(): unknown {
    const { waitingSince, lastAt, status } = this.row;
    if (waitingSince === null || status === "closed")
      return html`<time datetime=${new Date(lastAt).toISOString()}>${whenOf(lastAt, this.now)}</time>`;
    const waited = this.now - waitingSince;
    const urgency = urgencyOf(waited);
    return html`<span class="wait ${urgency}">
      ${urgency === "late" ? circledMark() : quarter(waited / promiseMs)}
      <span aria-hidden="true">${spanOf(waited)}</span><span class="sr">${words.waited(spanOf(waited))}</span>
    </span>`;
  }

  #lastLine(): unknown {
    const { lastLine, customerTyping } = this.row;
    if (customerTyping && this.known) return html`<b class="typing">${words.typing}</b>`;
    if (this.draft) return html`<b class="draft">${words.draft}</b> ${this.draft.slice(0, 160)}`;
    if (!lastLine) return html`<i>${words.noLine}</i>`;
    if (lastLine.deleted) return html`<i>${words.deletedLine}</i>`;
    if (lastLine.text === null) return html`<i>${words.unreadableLine}</i>`;
    const who = lastLine.name === this.reader ? words.you : firstName(lastLine.name);
    return html`${lastLine.side === "staff" ? html`<bdi>${who}</bdi>: ` : nothing}${lastLine.text.slice(0, 160)}`;
  }
}

const firstName = (name: string): string => name.split(" ")[0] ?? name;
