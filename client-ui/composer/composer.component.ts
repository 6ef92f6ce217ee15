import { css, type CSSResultGroup, html } from "lit";
import { icon } from "../icons/icon.ts";
import { arrowRight } from "../icons/paths.ts";
import { say } from "../words/words.ts";
import { ComposerElement } from "./composer-element.ts";

const pillStyles = css`
  .box {
    display: flex;
    align-items: end;
    gap: 4px;
    padding: 4px;
    border-radius: 25px;
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
    padding-block: 7px 8px;
    padding-inline-start: 12px;
  }
  ::slotted(*) {
    flex: none;
  }
  .send {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    margin: -2px;
    padding: 4px;
    border: 0;
    border-radius: 50%;
    background: none;
    cursor: pointer;
  }
  .send span {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border: 1px solid var(--rd-shape);
    border-radius: 50%;
    background: var(--rd-accent);
    color: var(--rd-on-accent);
    transition: background-color var(--rd-t-hover);
  }
  .send:hover span {
    background: var(--rd-accent-hover);
  }
  .send:disabled {
    cursor: default;
  }
  .send:disabled span {
    background: var(--rd-sunken);
    color: var(--rd-ink-3);
  }
  .words,
  .editing {
    padding: 0 16px;
  }
  .editing {
    padding-block-end: 6px;
  }
  .words :not(:empty) {
    padding-block-start: 4px;
  }
`;

/** The customer's composer, and the agent's on a phone: a pill that grows. */
export class RdComposer extends ComposerElement {
  static override styles: CSSResultGroup = [ComposerElement.styles, pillStyles];

  protected override render(): unknown {
    return html`${this.editingBar()}
      <div class="box ${this.closed ? "closed" : ""}">
        <slot name="tools"></slot>
        <div class="grow">${this.field()}</div>
        <slot name="tools-end"></slot>
        <button
          class="send"
          type="button"
          aria-label=${say(this.editing ? "saveEdit" : "send")}
          ?disabled=${!this.maySend}
          @click=${() => this.send()}
        >
          <span>${icon(arrowRight, 18, true)}</span>
        </button>
      </div>
      ${this.words()}`;
  }
}
