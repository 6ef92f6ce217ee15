import { type CSSResultGroup, html, nothing } from "lit";
import { RoomdeskElement } from "../guarded/roomdesk-element.ts";
import { base } from "../theme/base.styles.ts";
import type { Speaker } from "../thread/thread-item.ts";
import { say } from "../words/words.ts";
import { avatarStyles } from "./avatar.styles.ts";
import { initials, tintOf } from "./initials.ts";

export type Presence = "online" | "away" | "offline" | "";

/** Round for who asks, square for who answers. The name stands beside it, so only the presence is read out. */
export class RdAvatar extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, avatarStyles];
  static override properties = { person: { attribute: false }, size: { type: Number }, presence: {} };

  declare person: Speaker;
  declare size: number;
  /** Empty while it is not known, for instance while the connection is down. */
  declare presence: Presence;

  constructor() {
    super();
    this.person = { id: "", name: "", side: "customer" };
    this.size = 32;
    this.presence = "";
  }

  protected override willUpdate(): void {
    // By property, never as a style attribute: those a strict content policy of the host page forbids.
    const { style } = this;
    const tint = tintOf(this.person.id);
    style.inlineSize = style.blockSize = `${this.size}px`;
    style.fontSize = `${Math.round(this.size * 0.35)}px`;
    style.setProperty("--tint", `var(--rd-tint-${tint})`);
    style.setProperty("--ink", `var(--rd-tint-ink-${tint})`);
  }

  protected override render(): unknown {
    const { name, side } = this.person;
    return html`<span class="face ${side === "customer" ? "" : "square"}" aria-hidden="true">${initials(name)}</span
      >${this.presence ? this.#dot(this.presence) : nothing}`;
  }

  #dot(presence: Exclude<Presence, "">): unknown {
    const label = say(presence === "offline" ? "offlineNow" : presence);
    return html`<span class="dot ${presence}" role="img" aria-label=${label}></span>`;
  }
}
