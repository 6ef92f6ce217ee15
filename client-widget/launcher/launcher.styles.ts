import { css } from "lit";

// The loader's launcher (loader/launcher-styles.ts) stands at the same place in the same size, so that nothing jumps.
export const launcherStyles = css`
  .launcher {
    position: fixed;
    inset-block-end: max(20px, env(safe-area-inset-bottom));
    inset-inline-end: max(20px, env(safe-area-inset-right));
    display: grid;
    place-items: center;
    inline-size: 56px;
    block-size: 56px;
    margin: 0;
    padding: 0;
    border: 1px solid var(--rd-shape);
    border-radius: 22px 22px 7px 22px;
    background: var(--rd-own);
    color: var(--rd-on-own);
    box-shadow: var(--rd-sh3);
    cursor: pointer;
    transition:
      filter var(--rd-t-hover),
      scale var(--rd-t-press);
  }
  .launcher:dir(rtl) {
    border-radius: 22px 22px 22px 7px;
  }
  .launcher:hover {
    filter: brightness(0.9);
  }
  .launcher:active {
    scale: calc(1 - 0.04 * var(--rd-travel));
  }
  /* On any site: a ring of our own, and one of paper between it and whatever is behind. */
  .launcher:focus-visible {
    outline: 3px solid var(--rd-focus);
    outline-offset: 3px;
    box-shadow:
      0 0 0 3px var(--rd-paper),
      var(--rd-sh3);
  }
  .badge {
    position: absolute;
    inset-block-start: -8px;
    inset-inline-end: -8px;
    box-sizing: border-box;
    min-inline-size: 24px;
    padding: 0 5px;
    border: 2px solid #fff;
    border-radius: 12px;
    background: #b01f2a;
    color: #fff;
    font: 600 12px/20px var(--rd-font);
    font-variant-numeric: tabular-nums;
    text-align: center;
  }
`;
