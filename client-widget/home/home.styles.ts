import { css } from "lit";

export const homeStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    background: var(--rd-paper);
    scrollbar-width: thin;
    scrollbar-color: var(--rd-line) transparent;
  }
  .hero {
    position: relative;
    flex: none;
    overflow: hidden;
    min-block-size: 228px;
    padding: max(20px, env(safe-area-inset-top)) 20px 46px;
    border-block-end: 1px solid var(--rd-shape);
    background: var(--rd-own);
    color: var(--rd-on-own);
  }
  .whose {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 24px;
    margin: 0;
    padding-inline-end: 44px;
    font: 600 var(--rd-title) var(--rd-font-display);
  }
  .whose bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h2 {
    margin: 48px 0 0;
    font: 650 var(--rd-greeting) var(--rd-font-display);
    letter-spacing: -0.01em;
  }
  h2:lang(ar) {
    letter-spacing: 0;
  }
  .promise {
    margin: 6px 0 0;
    font: 400 var(--rd-message) var(--rd-font);
  }
  .plan {
    position: absolute;
    inset-block-end: 30px;
    inset-inline-end: 0;
  }
  .plan > * {
    stroke-opacity: 0.36;
  }
  .plan .light {
    fill: var(--rd-lamp);
    fill-opacity: 0.17;
  }
  .plan .lamp {
    fill: var(--rd-lamp);
  }
  .hero > :not(.plan) {
    position: relative;
  }

  .cards {
    position: relative;
    display: grid;
    flex: none;
    gap: 10px;
    margin: -26px 16px 16px;
  }
  section {
    display: grid;
    overflow: hidden;
    border: 1px solid var(--rd-line);
    border-radius: var(--rd-radius-panel);
    background: var(--rd-raised);
    box-shadow: var(--rd-sh2);
  }
  .card {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 66px;
    padding: 12px 14px;
    border: 0;
    background: var(--rd-raised);
    color: var(--rd-ink);
    font: 400 var(--rd-message) var(--rd-font);
    text-align: start;
    cursor: pointer;
    transition: background-color var(--rd-t-hover);
  }
  .card + .card {
    border-block-start: 1px solid var(--rd-line);
  }
  .write {
    border: 1px solid var(--rd-line);
    border-radius: var(--rd-radius-panel);
    box-shadow: var(--rd-sh2);
  }
  .more {
    justify-content: center;
    min-block-size: 44px;
    color: var(--rd-accent-ink);
    font-weight: 500;
  }
  .card:hover {
    background: var(--rd-hover);
  }
  .card:active {
    background: var(--rd-press);
  }
  .card:focus-visible {
    outline-offset: -3px;
    border-radius: var(--rd-radius-panel);
  }
  .card > svg {
    color: var(--rd-ink-2);
  }
  .text {
    display: grid;
    flex: 1;
    gap: 1px;
    min-inline-size: 0;
  }
  .line {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 8px;
  }
  b {
    font-weight: 600;
  }
  .line b,
  .last {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .last {
    color: var(--rd-ink-2);
    text-align: match-parent;
    font-size: 14px;
  }
  small {
    flex: none;
    color: var(--rd-ink-3);
    font: 400 13px/18px var(--rd-font);
  }
  .line small {
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .mark {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 12px 12px 4px 12px;
    background: var(--rd-own);
    color: var(--rd-on-own);
  }
  .mark:dir(rtl) {
    border-radius: 12px 12px 12px 4px;
  }
  .mark.quiet {
    border: 1px solid var(--rd-shape);
    background: var(--rd-sunken);
    color: var(--rd-ink-2);
  }
  .count {
    flex: none;
    min-inline-size: 22px;
    padding: 2px 7px;
    border-radius: 11px;
    background: var(--rd-accent);
    color: var(--rd-on-accent);
    font: 600 12px/18px var(--rd-font);
    font-variant-numeric: tabular-nums;
    text-align: center;
  }
  .trouble {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: start;
    gap: 10px 12px;
    padding: 14px;
    border: 1px solid var(--rd-line);
    border-radius: var(--rd-radius-panel);
    background: var(--rd-raised);
    box-shadow: var(--rd-sh2);
    font: 400 14px/20px var(--rd-font);
  }
  .trouble svg {
    inline-size: 20px;
    block-size: 20px;
    color: var(--rd-bad);
  }
  .trouble p {
    margin: 0;
  }
  .trouble .button {
    grid-column: 2;
    justify-self: start;
    min-block-size: 44px;
    padding-inline: 16px;
    border-color: var(--rd-edge);
    border-radius: 10px;
    font-size: 14px;
  }
  .aside {
    margin: 0;
    padding: 0 4px;
    color: var(--rd-ink-3);
    font: 400 12px/17px var(--rd-font);
  }
  .made {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: center;
    gap: 5px;
    margin: auto 0 0;
    padding-block-end: max(14px, env(safe-area-inset-bottom));
    color: var(--rd-ink-3);
    font: 500 var(--rd-meta) var(--rd-font);
  }
  /* A phone on its side, or a page at 400 %: the greeting makes room for what can be done. */
  @container (max-height: 480px) {
    h2 {
      margin-block-start: 10px;
    }
    .hero {
      min-block-size: 0;
    }
    h2 br {
      display: none;
    }
    .plan {
      display: none;
    }
  }
`;
