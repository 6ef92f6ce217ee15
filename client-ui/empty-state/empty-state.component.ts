import { css, type CSSResultGroup, html, nothing, type TemplateResult } from "lit";
import { RoomdeskElement } from "../guarded/roomdesk-element.ts";
import { base } from "../theme/base.styles.ts";

const emptyStateStyles = css`
  :host {
    display: grid;
    place-content: center;
    justify-items: center;
    min-block-size: 100%;
    padding: var(--rd-pane);
    text-align: center;
  }
  h2 {
    margin: 12px 0 0;
    font: 600 var(--rd-title) var(--rd-font-display);
    letter-spacing: -0.01em;
  }
  p {
    max-inline-size: 34ch;
    margin: 4px 0 0;
    color: var(--rd-ink-2);
    text-wrap: balance;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
    margin-block-start: 16px;
  }
`;

/** A drawing, a sentence that says how things are, one that helps, and at most two ways on. */
export class RdEmptyState extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, emptyStateStyles];
  static override properties = { drawing: { attribute: false }, heading: {}, text: {} };

  /** One of `drawings/plans.ts`. */
  declare drawing: TemplateResult | undefined;
  declare heading: string;
  declare text: string;

  constructor() {
    super();
    this.drawing = undefined;
    this.heading = "";
    this.text = "";
  }

  protected override render(): unknown {
    return html`${this.drawing ?? nothing}
      <h2>${this.heading}</h2>
      ${this.text ? html`<p>${this.text}</p>` : nothing}
      <div class="ways"><slot></slot></div>`;
  }
}
