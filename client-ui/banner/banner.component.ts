import { type CSSResultGroup, html, nothing, type PropertyValues } from "lit";
import { RoomdeskElement } from "../guarded/roomdesk-element.ts";
import { icon } from "../icons/icon.ts";
import { check, refresh, wifiOff } from "../icons/paths.ts";
import { base } from "../theme/base.styles.ts";
import { say } from "../words/words.ts";
import { bannerStyles } from "./banner.styles.ts";

export type Connection = "online" | "reconnecting" | "offline";
type Shown = "offline" | "reconnecting" | "back";

/** A short stumble is nobody's business. */
const patienceMs = 1500;
const backMs = 3000;

const icons: Record<Shown, string> = { offline: wifiOff, reconnecting: refresh, back: check };

/** One line under the header that says what happens to the words one writes. Empty while all is well. */
export class RdBanner extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, bannerStyles];
  static override properties = { connection: {}, texts: { attribute: false }, shown: { state: true } };

  declare connection: Connection;
  /** Other sentences than the usual ones. */
  declare texts: Partial<Record<Shown, string>>;
  declare private shown: Shown | undefined;

  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.connection = "online";
    this.texts = {};
    this.shown = undefined;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("connection")) return;
    clearTimeout(this.#timer);
    const troubled = this.shown === "offline" || this.shown === "reconnecting";
    if (this.connection === "offline") this.shown = "offline";
    else if (this.connection === "online") this.#show(troubled ? "back" : undefined);
    else if (troubled) this.shown = "reconnecting";
    else this.#timer = setTimeout(() => (this.shown = "reconnecting"), patienceMs);
  }

  #show(shown: Shown | undefined): void {
    this.shown = shown;
    if (shown === "back") this.#timer = setTimeout(() => (this.shown = undefined), backMs);
  }

  protected override render(): unknown {
    const { shown } = this;
    // The live region stays: what appears together with its words is not read out.
    return html`<div role="status">
      ${shown ? html`<p class=${shown}>${icon(icons[shown])}<span>${this.texts[shown] ?? say(shown)}</span></p>` : nothing}
    </div>`;
  }
}
