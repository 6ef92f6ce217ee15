import { type CSSResultGroup, html, nothing, type PropertyValues } from "lit";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { check, close, message, shield } from "#client-ui/icons/paths.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import { dayOf } from "#client-ui/words/dates.ts";
import type { CustomerPanel, Row } from "#protocol/workspace.ts";
import { words } from "../words.ts";
import { panelStyles } from "./customer-panel.styles.ts";

/** Who the customer is, as far as we know, and what they have talked about before. */
export class RdCustomerPanel extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, panelStyles];
  static override properties = {
    row: { attribute: false },
    load: { attribute: false },
    known: { type: Boolean },
    panel: { state: true },
    failed: { state: true },
  };

  declare row: Row;
  /** Fetches the panel; `null` when it could not be had. */
  declare load: (customerId: string) => Promise<CustomerPanel | null>;
  declare known: boolean;
  declare panel: CustomerPanel | null;
  declare failed: boolean;

  constructor() {
    super();
    this.panel = null;
    this.failed = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("row");
    if (!changed.has("row") || (before?.id === this.row.id && before.customer.verified === this.row.customer.verified))
      return;
    this.panel = null;
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    const { id } = this.row.customer;
    this.failed = false;
    const panel = await this.load(id);
    if (id !== this.row.customer.id) return; // Another customer was chosen meanwhile.
    this.panel = panel;
    this.failed = panel === null;
  }

  protected override render(): unknown {
    const { customer } = this.row;
    return html`<header>
        <rd-avatar
          .person=${{ ...customer, side: "customer" }}
          .size=${48}
          .presence=${!this.known ? "" : customer.online ? "online" : "offline"}
        ></rd-avatar>
        <div>
          <h2><bdi>${customer.name}</bdi></h2>
          ${
            customer.verified
              ? html`<span class="tag ok">${icon(shield, 12)} ${words.verified}</span>`
              : html`<span class="tag">${words.unverified}</span>`
          }
        </div>
        <button
          type="button"
          class="button quiet icon shut"
          aria-label=${words.back}
          @click=${() => this.#tell("desk-panel", {})}
        >
          ${icon(close, 16)}
        </button>
      </header>
      ${this.failed ? this.#apology() : this.panel ? this.#facts(this.panel) : html`<rd-skeleton-rows kind="list" .rows=${3}></rd-skeleton-rows>`}`;
  }

  #apology(): unknown {
    return html`<section>
      <p>
        ${words.panelFailed}
        <button type="button" class="link" @click=${() => void this.#fetch()}>${words.tryAgain}</button>
      </p>
    </section>`;
  }

  #facts(panel: CustomerPanel): unknown {
    const { page } = panel;
    const facts: [string, unknown][] = [
      [words.email, panel.email && html`<bdi>${panel.email}</bdi>`],
      [words.externalId, panel.externalId && html`<bdi class="code">${panel.externalId}</bdi>`],
      [words.customerSince, dayOf(panel.since)],
      [words.page, page && html`<bdi title=${page.url}>${page.title || page.url}</bdi>`],
      [words.device, panel.device],
      [words.language, panel.language],
    ];
    return html`<section>
        <h3>${words.about}</h3>
        <dl>
          ${facts.map(([name, value]) =>
            value
              ? html`<dt>${name}</dt>
                  <dd>${value}</dd>`
              : nothing,
          )}
        </dl>
      </section>
      ${this.#earlier(panel)}`;
  }

  #earlier(panel: CustomerPanel): unknown {
    const others = panel.conversations.filter(({ id }) => id !== this.row.id);
    return html`<section>
      <h3>${words.earlier}<span>${others.length || nothing}</span></h3>
      ${others.length === 0 ? html`<p class="none">${words.none}</p>` : nothing}
      ${others.map(
        ({ id, status, openedAt, lastLine }) =>
          html`<button type="button" class="earlier" @click=${() => this.#tell("desk-choose", { id })}>
            ${icon(status === "closed" ? check : message, 14)}
            <span class="line"><bdi>${lastLine ?? words.noLine}</bdi></span
            ><time>${dayOf(openedAt)}</time>
          </button>`,
      )}
    </section>`;
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
