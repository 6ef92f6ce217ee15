import { css } from "lit";

export const threadStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .scroller {
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    padding-inline: var(--rd-pane);
    scrollbar-width: thin;
    scrollbar-color: var(--rd-line) transparent;
  }
  .scroller:focus-visible {
    outline-offset: -2px;
  }
  rd-message-bubble:focus-visible {
    outline: none;
  }
  .date,
  .new,
  .system {
    display: flex;
    align-items: center;
    gap: 12px;
    padding-block: 10px 2px;
    color: var(--rd-ink-3);
    font: 500 var(--rd-meta) var(--rd-font);
  }
  .date::before,
  .date::after,
  .new::after {
    content: "";
    flex: 1;
    border-block-start: 1px solid var(--rd-line);
  }
  .new {
    color: var(--rd-accent-ink);
    font-weight: 600;
  }
  .new::after {
    border-color: var(--rd-accent-line);
  }
  .system {
    justify-content: center;
    gap: 6px;
    text-align: center;
  }
  .older {
    position: absolute;
    inset-block-start: 6px;
    inset-inline: 0;
    z-index: var(--rd-z-head);
    inline-size: fit-content;
    margin: 0 auto;
    padding: 2px 10px;
    border: 1px solid var(--rd-line);
    border-radius: 12px;
    background: var(--rd-raised);
    color: var(--rd-ink-3);
    font: 500 var(--rd-meta) var(--rd-font);
  }
  rd-jump-pill {
    position: absolute;
    inset-block-end: 8px;
    inset-inline: 0;
    z-index: var(--rd-z-head);
    inline-size: fit-content;
    margin-inline: auto;
  }
`;
