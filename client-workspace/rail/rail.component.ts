import { type CSSResultGroup, html, nothing } from "lit";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { check, chevronUp, inbox, list, logOut, user } from "#client-ui/icons/paths.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import type { StaffSession } from "#protocol/people.ts";
import type { Colleague, Counts, View } from "#protocol/workspace.ts";
import { mark } from "../sign-in/mark.ts";
import { themes, type Theme } from "../theme-choice.ts";
import { words } from "../words.ts";
import { narrowStyles } from "./rail-narrow.styles.ts";
import { railStyles } from "./rail.styles.ts";

const icons: Record<View, string> = { new: inbox, mine: user, all: list, closed: check };
export const views: readonly View[] = ["new", "mine", "all", "closed"];

/** Views with their live counts, who is here, and one's own account. On a phone it is the tab bar below. */
export class RdRail extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, railStyles, narrowStyles];
  static override properties = {
    view: {},
    counts: { attribute: false },
    colleagues: { attribute: false },
    user: { attribute: false },
    organisation: {},
    theme: {},
    known: { type: Boolean },
  };

  declare view: View;
  declare counts: Counts | null;
  declare colleagues: readonly Colleague[];
  declare user: StaffSession["user"];
  declare organisation: string;
  declare theme: Theme;
  /** The connection is up: presence is known. */
  declare known: boolean;

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("[aria-current]")?.focus();
  }

  protected override render(): unknown {
    return html`
      <header class="brand">
        ${mark(24)}<b><bdi>${this.organisation}</bdi></b>
      </header>
      <nav aria-label=${words.viewsLabel}>${views.map((view) => this.#view(view))}</nav>
      ${this.#colleagues()}
      <button type="button" class="me" popovertarget="account">
        <rd-avatar
          .person=${{ ...this.user, side: "staff" }}
          .size=${28}
          .presence=${this.known ? "online" : ""}
        ></rd-avatar>
        <span class="name"><bdi>${this.user.name}</bdi></span>
        <span class="sr">${words.account}</span>
        <span class="more">${icon(chevronUp, 14)}</span>
      </button>
      <div id="account" class="menu" popover role="group" aria-label=${words.account}>${this.#account()}</div>
    `;
  }

  #view(view: View): unknown {
    const count = this.counts?.[view] ?? 0;
    const loud = view === "new" ? count > 0 : view === "mine" && (this.counts?.unreadMine ?? 0) > 0;
    const shown = view === "closed" ? 0 : count;
    return html`<button
      type="button"
      class="view"
      aria-current=${this.view === view ? "page" : nothing}
      title=${words.views[view]}
      @click=${() => this.#tell("desk-view", { view })}
    >
      ${icon(icons[view], 18)}<span class="word">${words.views[view]}</span>
      ${
        shown > 0
          ? html`<span class="count ${loud ? (view === "new" ? "waits" : "loud") : ""}"
              >${shown > 999 ? "999+" : shown}</span
            >`
          : nothing
      }
    </button>`;
  }

  #colleagues(): unknown {
    return html`<section class="colleagues" aria-label=${words.colleagues}>${this.#here()}</section>`;
  }

  /** While the connection is down nobody knows who is here. */
  #here(): unknown {
    if (!this.known) return nothing;
    const here = this.colleagues.filter((colleague) => colleague.online && colleague.id !== this.user.id);
    return html`<h2>${words.colleagues}</h2>
      ${here.length === 0 ? html`<p class="alone">${words.onlyYou}</p>` : nothing}
      <ul>
        ${here.map(
          (colleague) =>
            html`<li>
              <rd-avatar .person=${{ ...colleague, side: "staff" }} .size=${20} presence="online"></rd-avatar
              ><bdi>${colleague.name}</bdi>
            </li>`,
        )}
      </ul>`;
  }

  #account(): unknown {
    return html`<p class="mail"><bdi>${this.user.email}</bdi></p>
      <div class="here">${this.#here()}</div>
      <label>
        ${words.theme}
        <select @change=${(e: Event) => this.#tell("desk-theme", { theme: (e.target as HTMLSelectElement).value })}>
          ${themes.map((theme) => html`<option value=${theme} ?selected=${theme === this.theme}>${words.themes[theme]}</option>`)}
        </select>
      </label>
      <button type="button" class="button quiet" @click=${() => this.#tell("desk-sign-out", { everywhere: false })}>
        ${icon(logOut, 16, true)} ${words.signOut}
      </button>
      <button type="button" class="button quiet" @click=${() => this.#tell("desk-sign-out", { everywhere: true })}>
        ${words.signOutEverywhere}
      </button>`;
  }

  #tell(name: string, detail: unknown): void {
    this.renderRoot.querySelector<HTMLElement>("#account:popover-open")?.hidePopover();
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
