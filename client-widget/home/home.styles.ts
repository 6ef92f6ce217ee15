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
    display: flex;
    flex: none;
    flex-direction: column;
    overflow: hidden;
    min-block-size: max(228px, 40cqb);
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
    margin: auto 0 0;
    padding-block-start: 20px;
    padding-inline-end: 96px;
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
    inset-block-end: 34px;
    inset-inline-end: -16px;
    inline-size: auto;
    block-size: min(62%, 155px);
  }
  .plan > * {
    stroke-opacity: 0.36;
    vector-effect: non-scaling-stroke;
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
      padding-block-start: 10px;
      padding-inline-end: 0;
      font-size: 20px;
      line-height: 26px;
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
