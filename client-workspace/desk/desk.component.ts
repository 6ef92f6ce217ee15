import { type CSSResultGroup, html, nothing, type PropertyValues } from "lit";
import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import { failed } from "#client-sdk/desk-request.ts";
import type { WorkspaceSession } from "#client-sdk/workspace-session.ts";
import { chooseSomeone } from "#client-ui/drawings/plans.ts";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import type { View } from "#protocol/workspace.ts";
import type { RdCustomerPanel } from "../customer-panel/customer-panel.component.ts";
import { Follows } from "../follows.ts";
import { readRoute, writeRoute, type Route } from "../route.ts";
import type { Theme } from "../theme-choice.ts";
import { words } from "../words.ts";
import { customerOf, isOnline, listConnection, titleOf } from "./desk-facts.ts";
import { DeskKeys } from "./desk-keys.ts";
import { deskStyles } from "./desk.styles.ts";
import { WrittenHere } from "../conversation-pane/written-here.ts";
import { KnownCustomers } from "../known-customers.ts";

/** The signed-in workspace: rail, list, conversation, customer. Knows where the agent is; the sessions know the rest. */
export class RdDesk extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, deskStyles];
  static override properties = {
    session: { attribute: false },
    theme: {},
    route: { state: true },
    now: { state: true },
    panelOpen: { state: true },
    drafts: { state: true },
  };

  declare session: WorkspaceSession;
  declare theme: Theme;
  declare route: Route;
  declare now: number;
  /** Matters where the panel slides over the conversation. */
  declare panelOpen: boolean;
  declare private drafts: ReadonlyMap<string, string>;

  readonly #session = new Follows(this);
  readonly #keys = new DeskKeys(this);
  readonly #customers = new KnownCustomers();
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.route = readRoute(location.hash);
    this.now = Date.now();
    this.panelOpen = false;
    this.drafts = new Map();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#clock = setInterval(() => (this.now = Date.now()), 5000);
    addEventListener("hashchange", this.#routed);
    addEventListener("storage", this.#lookForDrafts); // another tab
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#clock);
    removeEventListener("hashchange", this.#routed);
    removeEventListener("storage", this.#lookForDrafts);
    if (this.session.state !== "signed_in") this.#customers.forget();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { session, route } = this;
    this.#session.follow(session);
    if (changed.has("route")) session.show(route.view);
    if (changed.has("route")) this.#lookForDrafts();
    this.#customers.learn(session.rows);
    if (route.conversation) this.#customers.keep(route.conversation);
    document.title = titleOf(session, route);
  }

  /** Who has left a conversation does not look at it any more, and its line is hung up. */
  protected override updated(changed: PropertyValues<this>): void {
    const left = changed.get("route")?.conversation;
    if (left && left !== this.route.conversation) this.session.release(left);
  }

  protected override render(): unknown {
    const { session, route } = this;
    const open = route.conversation ? session.conversation(route.conversation) : null;
    return html`<div
      class="desk ${open ? "with-conversation" : ""} ${this.panelOpen ? "with-panel" : ""}"
      @desk-view=${(e: CustomEvent<{ view: View }>) => this.go({ view: e.detail.view, conversation: null })}
      @desk-choose=${(e: CustomEvent<{ id: string | null }>) => this.go({ ...this.route, conversation: e.detail.id })}
      @desk-more=${() => session.show(route.view, session.rows.length + 100)}
      @desk-panel=${(e: CustomEvent<{ open: boolean }>) => this.slide(e.detail.open)}
    >
      ${this.#rail()}
      <main>
        ${this.#list(open)}
        <div class="paper">${open ? this.#conversation(open) : this.#nobody()}</div>
      </main>
      ${open ? this.#customer(open) : nothing}
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
      .known=${isOnline(session)}
    ></rd-rail>`;
  }

  #list(open: ConversationSession | null): unknown {
    const { session, route } = this;
    return html`<rd-conversation-list
      role="region"
      aria-label=${words.views[route.view]}
      .view=${route.view}
      .rows=${session.rows}
      .total=${session.total}
      .selected=${route.conversation}
      .loading=${session.isLoading}
      .more=${session.hasMore}
      .known=${isOnline(session)}
      .now=${this.now}
      .reader=${session.user?.name ?? ""}
      .drafts=${this.drafts}
      .connection=${open ? "online" : listConnection(session)}
    ></rd-conversation-list>`;
  }

  #conversation(open: ConversationSession): unknown {
    return html`<rd-conversation-pane
      .session=${open}
      .user=${this.session.user}
      .customer=${customerOf(open, this.#customers)}
      .colleagues=${this.session.colleagues}
      .panelOpen=${this.panelOpen}
    ></rd-conversation-pane>`;
  }

  #nobody(): unknown {
    const { rows, isLoading } = this.session;
    const waits = rows.some((row) => row.waitingSince !== null);
    const { heading, text } = rows.length > 0 || isLoading ? words.choose : words.nothingOpen;
    return html`<rd-empty-state
      class="nobody"
      .drawing=${chooseSomeone()}
      .heading=${heading}
      .text=${waits || rows.length === 0 ? text : ""}
    >
      ${
        waits
          ? html`<button type="button" class="button primary" @click=${() => this.openLongest()}>
              ${words.openLongest} <kbd aria-hidden="true">G</kbd>
            </button>`
          : nothing
      }
    </rd-empty-state>`;
  }

  #customer(open: ConversationSession): unknown {
    return html`<rd-customer-panel
      role="complementary"
      aria-label=${words.customerPanel}
      .customer=${customerOf(open, this.#customers)}
      .conversation=${this.route.conversation}
      .known=${isOnline(this.session)}
      .load=${this.#loadPanel}
    ></rd-customer-panel>`;
  }

  #loadPanel: RdCustomerPanel["load"] = async (of) => {
    const { session } = this;
    const answer = await ("customer" in of ? session.customerPanel(of.customer) : session.customerOf(of.conversation));
    if (failed(answer)) return null;
    this.#customers.learnPanel(answer);
    this.requestUpdate();
    return answer;
  };

  openLongest(): void {
    const row = this.#keys.list?.longestWait;
    if (row) this.go({ ...this.route, conversation: row.id });
  }

  go(route: Route): void {
    const left = this.route.conversation;
    this.panelOpen = false;
    this.route = route;
    location.hash = writeRoute(route);
    if (route.conversation) this.#keys.focusAfter((keys) => keys.pane?.focus());
    else if (left) this.#keys.focusAfter((keys) => keys.list?.focusRow(left));
  }

  /** The panel over the conversation comes or goes, and the focus with it. */
  slide(open: boolean): void {
    this.panelOpen = open;
    this.#keys.focusAfter((keys) => (open ? keys.panel?.focus() : keys.aboutButton?.focus()));
  }

  #lookForDrafts = (): void => {
    this.drafts = WrittenHere.all(this.session.user?.id ?? "");
  };

  #routed = (): void => {
    this.route = readRoute(location.hash);
  };
}
