import { css, type CSSResultGroup, html } from "lit";
import { RoomdeskElement } from "../guarded/roomdesk-element.ts";
import { base } from "../theme/base.styles.ts";
import { say } from "../words/words.ts";

// Nothing for the first 200 ms, then still rows: no spinner, nothing that shimmers.
const skeletonStyles = css`
  :host {
    padding: var(--rd-pane);
    animation: appear 0s 0.2s both;
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
  .row {
    display: grid;
    grid-template-columns: 32px 1fr;
    gap: 7px 10px;
    padding-block: 9px;
  }
  i {
    display: block;
    block-size: 9px;
    border: 1px solid var(--rd-shape);
    border-radius: 5px;
    background: var(--rd-sunken);
  }
  .row i:first-child {
    grid-row: span 2;
    block-size: 32px;
    border-radius: 50%;
  }
  .row:nth-child(3n + 1) i:nth-child(2) {
    inline-size: 42%;
  }
  .row i:nth-child(2) {
    inline-size: 56%;
  }
  .row i:nth-child(3) {
    inline-size: 78%;
    opacity: 0.7;
  }
  .thread .row {
    display: block;
    padding-block: 4px;
  }
  .thread .row i {
    inline-size: 58%;
    block-size: 36px;
    border-radius: var(--rd-radius-bubble);
  }
  .thread .row:nth-child(3n) i {
    inline-size: 44%;
    margin-inline-start: auto;
  }
`;

/** Where something is on its way, its outline in place of a spinner. */
export class RdSkeletonRows extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, skeletonStyles];
  static override properties = { rows: { type: Number }, kind: {} };

  declare rows: number;
  declare kind: "list" | "thread";

  constructor() {
    super();
    this.rows = 4;
    this.kind = "list";
  }

  protected override render(): unknown {
    const shapes = this.kind === "list" ? html`<i></i><i></i><i></i>` : html`<i></i>`;
    return html`<div class=${this.kind} aria-hidden="true">
        ${Array.from({ length: this.rows }, () => html`<div class="row">${shapes}</div>`)}
      </div>
      <span class="sr" role="status">${say("opening")}</span>`;
  }
}
