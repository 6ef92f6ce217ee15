import { css } from "lit";

export const teaserStyles = css`
  .teasing {
    position: fixed;
    inset-block-end: calc(max(20px, env(safe-area-inset-bottom)) + 68px);
    inset-inline-end: max(20px, env(safe-area-inset-right));
    inline-size: min(300px, 100vw - 40px);
  }
  .teaser {
    position: relative;
    border: 1px solid var(--rd-line);
    border-radius: 16px 16px 5px 16px;
    background: var(--rd-paper);
    box-shadow: var(--rd-sh3);
    transition:
      opacity var(--rd-t-move) var(--rd-out),
      translate var(--rd-t-move) var(--rd-out);
  }
  .teaser:dir(rtl) {
    border-radius: 16px 16px 16px 5px;
  }
  @starting-style {
    .teaser {
      opacity: 0;
      translate: 0 calc(8px * var(--rd-travel));
    }
  }
  .said {
    display: flex;
    align-items: start;
    gap: 10px;
    inline-size: 100%;
    padding: 12px 14px;
    border: 0;
    border-radius: inherit;
    background: none;
    font: 400 14px/20px var(--rd-font);
    text-align: start;
    cursor: pointer;
  }
  .said:hover {
    background: var(--rd-hover);
  }
  .words {
    flex: 1;
    min-inline-size: 0;
  }
  .by {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 8px;
    padding-inline-end: 26px;
  }
  .by b {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .by small {
    flex: none;
    color: var(--rd-ink-3);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .body {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .hide {
    position: absolute;
    inset-block-start: 2px;
    inset-inline-end: 2px;
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    padding: 0;
    border: 0;
    border-radius: 14px;
    background: none;
    color: var(--rd-ink-2);
    cursor: pointer;
  }
  .hide:hover {
    color: var(--rd-ink);
  }
`;
