import { css, type CSSResultGroup, html, nothing } from "lit";
import { emit } from "../events.ts";
import { RoomdeskElement } from "../guarded/roomdesk-element.ts";
import { icon } from "../icons/icon.ts";
import { arrowDown } from "../icons/paths.ts";
import { base } from "../theme/base.styles.ts";
import { say } from "../words/words.ts";

const pillStyles = css`
  :host {
    display: inline-block;
  }
  button {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 28px;
    padding: 4px 12px;
    border: 1px solid var(--rd-rim);
    border-radius: 22px;
    background: var(--rd-accent);
    color: var(--rd-on-accent);
    box-shadow: var(--rd-sh2);
    font: 600 var(--rd-small) var(--rd-font);
    cursor: pointer;
    animation: come var(--rd-t-move) var(--rd-out);
  }
  .quiet {
    padding: 4px 6px;
    border-color: var(--rd-line);
    background: var(--rd-raised);
    color: var(--rd-ink-2);
  }
  @keyframes come {
    from {
      opacity: 0;
      transform: translateY(calc(var(--rd-travel) * 6px));
    }
  }
  @media (pointer: coarse) {
    button {
      min-block-size: 44px;
      padding: 4px 14px;
    }
  }
`;

/** Over the end of the thread: how many came meanwhile, and the way there. */
export class RdJumpPill extends RoomdeskElement {
  static override styles: CSSResultGroup = [base, pillStyles];
  static override properties = { count: { type: Number } };

  declare count: number;

  constructor() {
    super();
    this.count = 0;
  }

  protected override render(): unknown {
    const { count } = this;
    const jump = () => emit(this, "rd-jump", {});
    return html`<button
      type="button"
      class=${count ? "" : "quiet"}
      aria-label=${count ? nothing : say("toNewest")}
      @click=${jump}
    >
      ${count ? html`<bdi>${say("newMessages", { n: count })}</bdi>` : nothing} ${icon(arrowDown, count ? 14 : 16)}
    </button>`;
  }
}
