import { type CSSResultGroup, html, nothing, type PropertyValues } from "lit";
import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import { failed } from "#client-sdk/desk-request.ts";
import type { WorkspaceSession } from "#client-sdk/workspace-session.ts";
import { chooseSomeone } from "#client-ui/drawings/plans.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import type { CustomerPanel, Row, View } from "#protocol/workspace.ts";
import type { RdConversationList } from "../conversation-list/conversation-list.component.ts";
import type { RdConversationPane } from "../conversation-pane/conversation-pane.component.ts";
import { readRoute, writeRoute, type Route } from "../route.ts";
import type { Theme } from "../theme-choice.ts";
import { words } from "../words.ts";
import { deskStyles } from "./desk.styles.ts";
import { shortcutOf } from "./shortcuts.ts";

/** The signed-in workspace: rail, list, conversation, customer. Knows where the agent is; the sessions know the rest. */
export class RdDesk extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, deskStyles];
  static override properties = {
    session: { attribute: false },
    theme: {},
    route: { state: true },
    now: { state: true },
    panelOpen: { state: true },
  };

  declare session: WorkspaceSession;
  declare theme: Theme;
  declare route: Route;
  declare now: number;
  declare panelOpen: boolean;

  #stopListening: (() => void) | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  #last: Row | undefined;

  constructor() {
    super();
    this.route = readRoute(location.hash);
    this.now = Date.now();
    this.panelOpen = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#clock = setInterval(() => (this.now = Date.now()), 5000);
    addEventListener("hashchange", this.#routed);
    addEventListener("keydown", this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#clock);
    removeEventListener("hashchange", this.#routed);
    removeEventListener("keydown", this.#key);
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#stopListening ??= this.session.onChange(() => this.requestUpdate());
    if (changed.has("route")) this.session.show(this.route.view);
    const unread = (this.session.counts?.unreadMine ?? 0) + (this.session.counts?.unreadNew ?? 0);
    document.title = `${unread > 0 ? `(${unread}) ` : ""}${words.views[this.route.view]} · ${words.product}`;
  }

  protected override render(): unknown {
    const { session, route } = this;
    const open = route.conversation ? session.conversation(route.conversation) : null;
    return html`<div
      class="desk ${open ? "with-conversation" : ""} ${this.panelOpen ? "with-panel" : ""}"
      @desk-view=${(e: CustomEvent<{ view: View }>) => this.#go({ view: e.detail.view, conversation: null })}
      @desk-choose=${(e: CustomEvent<{ id: string | null }>) => this.#go({ ...this.route, conversation: e.detail.id })}
      @desk-more=${() => session.show(route.view, session.rows.length + 100)}
      @desk-panel=${() => (this.panelOpen = !this.panelOpen)}
    >
      ${this.#rail()} ${this.#list()} ${open ? this.#conversation(open) : this.#nobody()}
      ${open ? this.#customer() : nothing}
    </div>`;
  }

  #rail(): unknown {
    const { session } = this;
    return html`<rd-rail
      .view=${this.route.view}
      .counts=${session.counts}
      .colleagues=${session.colleagues}
      .user=${session.user}
      .organisation=${session.organisation}
      .theme=${this.theme}
      .known=${this.#known}
    ></rd-rail>`;
  }

  #list(): unknown {
    const { session, route } = this;
    return html`<rd-conversation-list
      .view=${route.view}
      .rows=${session.rows}
      .total=${session.total}
      .selected=${route.conversation}
      .loading=${session.isLoading}
      .more=${session.hasMore}
      .known=${this.#known}
      .now=${this.now}
    ></rd-conversation-list>`;
  }

  #conversation(open: ConversationSession): unknown {
    return html`<rd-conversation-pane .session=${open} .user=${this.session.user}></rd-conversation-pane>`;
  }

  #nobody(): unknown {
    const waits = this.session.rows.some((row) => row.waitingSince !== null);
    return html`<main class="nobody">
      <rd-empty-state .drawing=${chooseSomeone()} .heading=${words.choose.heading} .text=${words.choose.text}>
        ${
          waits
            ? html`<button type="button" class="button primary" @click=${this.#openLongest}>
                ${words.openLongest} <kbd aria-hidden="true">G</kbd>
              </button>`
            : nothing
        }
      </rd-empty-state>
    </main>`;
  }

  #customer(): unknown {
    // The row may leave the list's window while one reads; what is known of the customer stays.
    const row = this.session.rows.find(({ id }) => id === this.route.conversation) ?? this.#last;
    if (!row || row.id !== this.route.conversation) return nothing;
    this.#last = row;
    return html`<rd-customer-panel .row=${row} .known=${this.#known} .load=${this.#loadPanel}></rd-customer-panel>`;
  }

  get #known(): boolean {
    return this.session.connection === "online" || this.session.connection === "back";
  }

  #loadPanel = async (customerId: string): Promise<CustomerPanel | null> => {
    const answer = await this.session.customerPanel(customerId);
    return failed(answer) ? null : answer;
  };

  #openLongest = (): void => {
    const row = this.renderRoot.querySelector<RdConversationList>("rd-conversation-list")?.longestWait;
    if (row) this.#go({ ...this.route, conversation: row.id });
  };

  #go(route: Route): void {
    this.panelOpen = false;
    location.hash = writeRoute(route);
    if (route.conversation)
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector<RdConversationPane>("rd-conversation-pane")?.focus(),
      );
  }

  #routed = (): void => {
    this.route = readRoute(location.hash);
  };

  #key = (event: KeyboardEvent): void => {
    const { conversation } = this.route;
    switch (shortcutOf(event)) {
      case "close":
        if (conversation) void this.session.conversation(conversation).close();
        break;
      case "longest":
        this.#openLongest();
        break;
      case "region":
        this.#nextRegion(event.shiftKey);
        break;
      case undefined:
        return;
    }
    event.preventDefault();
  };

  /** F6 goes round: rail, list, conversation, composer, panel. */
  #nextRegion(backwards: boolean): void {
    const regions = [
      ...this.renderRoot.querySelectorAll<HTMLElement>(
        "rd-rail, rd-conversation-list, rd-conversation-pane, rd-customer-panel",
      ),
    ];
    const at = regions.findIndex((region) => region.matches(":focus-within"));
    const next = regions.at((at + (backwards ? -1 : 1)) % regions.length);
    const first = next?.shadowRoot?.querySelector<HTMLElement>("button, [tabindex='0'], rd-desk-composer");
    (first ?? next)?.focus();
  }
}
