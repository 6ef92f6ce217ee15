import { type CSSResultGroup, html, nothing, type PropertyValues } from "lit";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { check, close, message, shield } from "#client-ui/icons/paths.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import { dayOf, momentOf, whenOf } from "#client-ui/words/dates.ts";
import type { CustomerPanel } from "#protocol/workspace.ts";
import type { KnownCustomer } from "../known-customers.ts";
import { deviceOf } from "../device.ts";
import { languageName } from "../language-name.ts";
import { words } from "../words.ts";
import { panelStyles } from "./customer-panel.styles.ts";

/** Who the customer is, as far as we know, and what they have talked about before. */
export class RdCustomerPanel extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, panelStyles];
  static override properties = {
    customer: { attribute: false },
    conversation: {},
    load: { attribute: false },
    known: { type: Boolean },
    panel: { state: true },
    failed: { state: true },
  };

  /** `null`: this conversation never stood in the list of this tab; the panel then finds whose it is. */
  declare customer: KnownCustomer | null;
  declare conversation: string;
  /** Fetches the panel; `null` when it could not be had. */
  declare load: (
    of: { readonly customer: string } | { readonly conversation: string },
  ) => Promise<CustomerPanel | null>;
  /** The connection is up: presence is known. */
  declare known: boolean;
  declare panel: CustomerPanel | null;
  declare failed: boolean;

  #shown = "";

  constructor() {
    super();
    this.customer = null;
    this.conversation = "";
    this.known = true;
    this.panel = null;
    this.failed = false;
  }

  override focus(): void {
    const close = this.renderRoot.querySelector<HTMLElement>(".shut");
    if (close?.checkVisibility()) close.focus();
    else this.renderRoot.querySelector<HTMLElement>(".body")?.focus();
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    // Who becomes known may be another customer, with more to tell; another conversation has other ones before it.
    const wanted = `${this.customer?.id} ${this.customer?.verified} ${this.conversation}`;
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    if (this.panel?.id !== this.customer?.id) this.panel = null;
    void this.#fetch(wanted);
  }

  async #fetch(wanted = this.#shown): Promise<void> {
    this.failed = false;
    const { customer, conversation } = this;
    const panel = await this.load(customer ? { customer: customer.id } : { conversation });
    if (wanted !== this.#shown) return; // Another customer was chosen meanwhile.
    this.panel = panel ?? this.panel;
    this.failed = this.panel === null;
  }

  protected override render(): unknown {
    return html`<div class="head">${this.#who()}${this.#shut()}</div>
      <div class="body" tabindex="0" role="group" aria-label=${words.customerPanel}>${this.#body()}</div>`;
  }

  #who(): unknown {
    const { customer } = this;
    if (!customer) return html`<div><h2>${words.customerPanel}</h2></div>`;
    return html`<rd-avatar
        .person=${{ id: customer.id, name: customer.name, side: "customer" }}
        .size=${48}
        .presence=${!this.known ? "" : customer.online ? "online" : "offline"}
      ></rd-avatar>
      <div>
        <h2 dir="auto">${customer.name}</h2>
        ${
          customer.verified
            ? html`<span class="tag ok">${icon(shield, 12)} ${words.verified}</span>`
            : html`<span class="tag">${words.unverified}</span>`
        }
      </div>`;
  }

  #shut(): unknown {
    return html`<button
      type="button"
      class="button quiet icon shut"
      aria-label=${words.closePanel}
      @click=${() => this.#tell("desk-panel", { open: false })}
    >
      ${icon(close, 16)}
    </button>`;
  }

  #body(): unknown {
    if (this.failed) return this.#apology();
    return this.panel
      ? html`${this.#facts(this.panel)} ${this.#earlier(this.panel)}`
      : html`<rd-skeleton-rows kind="list" .rows=${3}></rd-skeleton-rows>`;
  }

  #apology(): unknown {
    return html`<p class="none" role="status">
      ${words.panelFailed}
      <button type="button" class="link" @click=${() => void this.#fetch()}>${words.tryAgain}</button>
    </p>`;
  }

  #facts(panel: CustomerPanel): unknown {
    const { page } = panel;
    const facts: readonly (readonly [string, unknown])[] = [
      [words.email, panel.email && html`<bdi>${panel.email}</bdi>`],
      [words.externalId, panel.externalId && html`<bdi class="code">${panel.externalId}</bdi>`],
      [words.firstSeen, html`<span title=${momentOf(panel.since)}>${dayOf(panel.since)}</span>`],
      [words.page, page && html`<bdi title=${page.url}>${page.title || page.url}</bdi>`],
      [words.device, panel.device && html`<span title=${panel.device}><bdi>${deviceOf(panel.device)}</bdi></span>`],
      [words.language, panel.language && html`<bdi>${languageName(panel.language, "en")}</bdi>`],
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
    </section>`;
  }

  #earlier(panel: CustomerPanel): unknown {
    const others = panel.conversations.filter(({ id }) => id !== this.conversation);
    return html`<section>
      <h3>${words.earlier}<span>${others.length || nothing}</span></h3>
      ${others.length === 0 ? html`<p class="none">${words.none}</p>` : nothing}
      ${others.map(
        ({ id, status, openedAt, lastLine }) =>
          html`<button type="button" class="earlier" @click=${() => this.#tell("desk-choose", { id })}>
            ${icon(status === "closed" ? check : message, 14)}
            <span class="line" dir="auto">${lastLine ?? words.noLine}</span>
            <time datetime=${new Date(openedAt).toISOString()} title=${momentOf(openedAt)}>${whenOf(openedAt)}</time>
          </button>`,
      )}
    </section>`;
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
