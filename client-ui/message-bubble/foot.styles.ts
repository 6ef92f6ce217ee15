import { css } from "lit";

// Retry and Discard are words, so small targets: their reach (::after) is larger than their look.
export const footStyles = css`
  .foot {
    display: flex;
    flex: 0 0 100%;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 5px;
    min-block-size: 16px;
    padding: 3px 4px 0;
    color: var(--rd-ink-3);
    font: 500 var(--rd-meta) var(--rd-font);
    font-variant-numeric: tabular-nums;
  }
  .own .foot {
    justify-content: flex-end;
  }
  :host([avatars]) .their .foot {
    padding-inline-start: 40px;
  }
  .who {
    color: var(--rd-ink-2);
  }
  .who + .dot {
    display: var(--rd-who-dot, none);
  }
  .refused {
    padding-block-end: 3px;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 5px;
  }
  .state.read {
    color: var(--rd-accent-ink);
  }
  .state.not_saved {
    color: var(--rd-bad);
  }
  .ways {
    display: inline-flex;
    gap: 12px;
  }
  .foot .link {
    position: relative;
    font-weight: 500;
  }
  .foot .link::after {
    content: "";
    position: absolute;
    inset: -5px -6px;
  }
  .mid {
    flex: none;
    padding: 0;
  }
  .mid .word {
    position: absolute;
    inline-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @container (min-width: 480px) {
    .short .foot:not(.refused) {
      flex: none;
      padding: 0;
    }
    .short.their .foot {
      flex: 0 0 100%;
      padding: 3px 4px 0;
    }
    .short .mid .word {
      position: static;
      inline-size: auto;
      clip-path: none;
    }
  }
  @media (pointer: coarse) {
    .foot .link::after {
      inset: -14px -8px;
    }
  }
`;
