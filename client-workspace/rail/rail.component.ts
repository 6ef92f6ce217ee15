import { type CSSResultGroup, html, nothing } from "lit";
import { RoomdeskElement } from "#client-ui/guarded/roomdesk-element.ts";
import { door } from "#client-ui/icons/glyphs.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { check, inbox, list, logOut, user } from "#client-ui/icons/paths.ts";
import { base } from "#client-ui/theme/base.styles.ts";
import { buttonStyles } from "#client-ui/theme/buttons.styles.ts";
import type { StaffSession } from "#protocol/people.ts";
import type { Colleague, Counts, View } from "#protocol/workspace.ts";
import { themes, type Theme } from "../theme-choice.ts";
import { words } from "../words.ts";
import { railStyles } from "./rail.styles.ts";

const icons: Record<View, string> = { new: inbox, mine: user, all: list, closed: check };
export const views: readonly View[] = ["new", "mine", "all", "closed"];

/** Views with their live counts, who is here, and one's own account. On a phone it is the tab bar below. */
export class RdRail extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, buttonStyles, railStyles];
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

  protected override render(): unknown {
    return html`
      <div class="brand">
        ${door(24, true)}<b><bdi>${this.organisation}</bdi></b>
      </div>
      <nav aria-label=${words.viewsLabel}>${views.map((view) => this.#view(view))}</nav>
      ${this.#colleagues()}
      <button type="button" class="me" popovertarget="account" aria-label="${words.account}: ${this.user.name}">
        <rd-avatar
          .person=${{ ...this.user, side: "staff" }}
          .size=${28}
          .presence=${this.known ? "online" : ""}
        ></rd-avatar>
        <span class="name"><bdi>${this.user.name}</bdi></span>
      </button>
      <div id="account" class="menu" popover>${this.#account()}</div>
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
      ${shown > 0 ? html`<span class="count ${loud ? (view === "new" ? "waits" : "loud") : ""}">${shown > 999 ? "999+" : shown}</span>` : nothing}
    </button>`;
  }

  #colleagues(): unknown {
    if (!this.known) return html`<div class="colleagues"></div>`;
    const here = this.colleagues.filter((colleague) => colleague.online && colleague.id !== this.user.id);
    return html`<section class="colleagues" aria-label=${words.colleagues}>
      <h2>${words.colleagues}</h2>
      ${here.length === 0 ? html`<p>${words.onlyYou}</p>` : nothing}
      ${here
        .slice(0, 12)
        .map(
          (colleague) =>
            html`<p>
              <rd-avatar .person=${{ ...colleague, side: "staff" }} .size=${20} presence="online"></rd-avatar
              ><bdi>${colleague.name}</bdi>
            </p>`,
        )}
    </section>`;
  }

  #account(): unknown {
    return html`<p class="mail"><bdi>${this.user.email}</bdi></p>
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
