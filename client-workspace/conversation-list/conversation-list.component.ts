import { type CSSResultGroup, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { nobodyWaiting } from "#client-ui/drawings/plans.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { arrowDown } from "#client-ui/icons/paths.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import type { Row, View } from "#protocol/workspace.ts";
import { customerName } from "../customer-name.ts";
import { words } from "../words.ts";
import { inOrder, type Order, TypeAhead } from "./order.ts";
import { listStyles } from "./conversation-list.styles.ts";

/** The inbox's list: one tab stop, arrows inside, live. */
export class RdConversationList extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, listStyles];
  static override properties = {
    view: {},
    rows: { attribute: false },
    total: { type: Number },
    selected: {},
    loading: { type: Boolean },
    more: { type: Boolean },
    known: { type: Boolean },
    now: { type: Number },
    reader: {},
    drafts: { attribute: false },
    connection: {},
    order: { state: true },
  };

  declare view: View;
  declare rows: readonly Row[];
  declare total: number;
  declare selected: string | null;
  declare loading: boolean;
  declare more: boolean;
  declare known: boolean;
  declare now: number;
  /** Name of who looks. */
  declare reader: string;
  /** What they have begun to write on this device, by conversation. */
  declare drafts: ReadonlyMap<string, string>;
  /** Of the list itself; "online" where a conversation beside it has its own banner. */
  declare connection: "online" | "reconnecting" | "offline";
  declare order: Order;

  readonly #typed = new TypeAhead();

  constructor() {
    super();
    this.rows = [];
    this.total = 0;
    this.selected = null;
    this.loading = false;
    this.more = false;
    this.known = true;
    this.now = Date.now();
    this.reader = "";
    this.drafts = new Map();
    this.connection = "online";
    this.order = "newest";
  }

  /** The one tab stop: the chosen row, else the first. */
  override focus(): void {
    (this.renderRoot.querySelector<HTMLElement>("[tabindex='0']") ?? this.renderRoot.querySelector("button"))?.focus();
  }

  /** The row of this conversation, or where it would be. */
  focusRow(id: string): void {
    void this.updateComplete.then(() => {
      const row = this.renderRoot.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
      if (row) row.focus();
      else this.focus();
    });
  }

  /** The one who has waited longest, if anybody waits. */
  get longestWait(): Row | undefined {
    return inOrder(this.rows, "waiting").find((row) => row.waitingSince !== null);
  }

  protected override render(): unknown {
    return html`<div class="head">
        <h1>${words.views[this.view]}<span class="large-count" aria-hidden="true">${this.total || nothing}</span></h1>
        <div class="sub">
          <button type="button" class="link" @click=${this.#turn}>
            ${this.order === "newest" ? words.sortNewest : words.sortWaiting} ${icon(arrowDown, 12)}
          </button>
          <bdi>${this.loading || this.total === 0 ? nothing : words.total(this.total)}</bdi>
        </div>
      </div>
      <rd-banner
        .connection=${this.connection}
        .texts=${{ offline: words.listOffline, reconnecting: words.listReconnecting, back: words.listBack }}
      ></rd-banner>
      ${this.#body()}`;
  }

  #body(): unknown {
    if (this.loading) return html`<rd-skeleton-rows kind="list" .rows=${8}></rd-skeleton-rows>`;
    if (this.rows.length === 0) {
      const { heading, text } = words.empty[this.view];
      return html`<rd-empty-state .drawing=${nobodyWaiting()} .heading=${heading} .text=${text}></rd-empty-state>`;
    }
    const rows = inOrder(this.rows, this.order);
    const stop = rows.some((row) => row.id === this.selected) ? this.selected : rows[0]?.id;
    return html`<div
        class="rows"
        role="listbox"
        aria-label=${words.views[this.view]}
        @keydown=${this.#keydown}
        @click=${this.#click}
      >
        ${repeat(
          rows,
          (row) => row.id,
          (row) => this.#row(row, row.id === stop),
        )}
      </div>
      ${
        this.more
          ? html`<button type="button" class="button quiet more" @click=${() => this.#tell("desk-more", {})}>
              ${words.more}
            </button>`
          : nothing
      }`;
  }

  #row(row: Row, isStop: boolean): unknown {
    return html`<rd-conversation-row
      role="option"
      data-id=${row.id}
      tabindex=${isStop ? 0 : -1}
      aria-selected=${row.id === this.selected}
      .row=${row}
      .now=${this.now}
      .known=${this.known}
      .reader=${this.reader}
      .draft=${row.id === this.selected ? "" : (this.drafts.get(row.id) ?? "")}
    ></rd-conversation-row>`;
  }

  #turn = (): void => {
    this.order = this.order === "newest" ? "waiting" : "newest";
  };

  #click = (event: Event): void => {
    const id = rowOf(event)?.dataset.id;
    if (id) this.#tell("desk-choose", { id });
  };

  #keydown = (event: KeyboardEvent): void => {
    const all = [...this.renderRoot.querySelectorAll<HTMLElement>("rd-conversation-row")];
    const at = all.indexOf(rowOf(event) as HTMLElement);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
    if (event.key === "Enter" || event.key === " ") this.#click(event);
    else if (event.key in steps) all[Math.min(Math.max(steps[event.key] ?? 0, 0), all.length - 1)]?.focus();
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey)
      all[this.#typed.find(event.key, this.#names(), at)]?.focus();
    else return;
    event.preventDefault();
  };

  #names(): readonly string[] {
    return inOrder(this.rows, this.order).map(({ customer }) => customerName(customer));
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

const rowOf = (event: Event): HTMLElement | undefined =>
  event
    .composedPath()
    .find((at): at is HTMLElement => at instanceof HTMLElement && at.localName === "rd-conversation-row");
