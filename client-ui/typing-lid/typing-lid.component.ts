import { type CSSResultGroup, html, nothing } from "lit";
import { RoomdeskElement } from "../guarded/roomdesk-element.ts";
import { icon } from "../icons/icon.ts";
import { eye } from "../icons/paths.ts";
import { base } from "../theme/base.styles.ts";
import { say } from "../words/words.ts";
import { typingLidStyles } from "./typing-lid.styles.ts";

/** 28 px between thread and composer, kept free, so that typing never moves the thread. Not read out. */
export class RdTypingLid extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, typingLidStyles];
  static override properties = {
    names: { attribute: false },
    preview: {},
    notice: {},
    bubble: { type: Boolean, reflect: true },
  };

  declare names: readonly string[];
  /** What the customer is about to say, in italics. Only with their knowledge, which `notice` says. */
  declare preview: string;
  declare notice: string;
  /** The widget's look: the dots in a bubble. */
  declare bubble: boolean;

  constructor() {
    super();
    this.names = [];
    this.preview = "";
    this.notice = "";
    this.bubble = false;
  }

  protected override render(): unknown {
    const [name, ...more] = this.names;
    if (name === undefined) return nothing;
    return html`<div class="lid">
      <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
      <span class="who">${this.#sentence(name, more.length)}</span>
      ${this.preview ? html`<bdi class="preview">${this.preview}</bdi>` : nothing}
      ${this.notice ? html`<span class="notice">${icon(eye, 14)}${this.notice}</span>` : nothing}
    </div>`;
  }

  #sentence(name: string, n: number): string {
    const verb = this.bubble ? "writing" : "typing";
    return say(n > 0 ? `${verb}More` : verb, { name, n });
  }
}
