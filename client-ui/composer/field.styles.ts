import { css } from "lit";

export const fieldStyles = css`
  textarea {
    display: block;
    inline-size: 100%;
    max-block-size: 168px;
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    font: 400 var(--rd-message) var(--rd-font);
    overflow: hidden auto;
    overscroll-behavior: contain;
    resize: none;
    scrollbar-width: thin;
  }
  textarea:focus-visible {
    outline: none;
  }
  textarea::placeholder {
    color: var(--rd-ink-3);
    opacity: 1;
  }
  .box {
    border: 1px solid var(--rd-edge);
    background: var(--rd-paper);
    transition: box-shadow var(--rd-t-hover);
  }
  .box:focus-within {
    border-color: var(--rd-accent);
    box-shadow:
      inset 0 0 0 0.5px var(--rd-accent),
      0 0 0 3px var(--rd-accent-soft);
  }
  .box.closed {
    background: var(--rd-sunken);
  }
  .words {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    color: var(--rd-ink-3);
    font: 500 var(--rd-meta) var(--rd-font);
    font-variant-numeric: tabular-nums;
  }
  .problem {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    color: var(--rd-bad);
  }
  .editing {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    color: var(--rd-accent-ink);
    font: 500 var(--rd-small) var(--rd-font);
  }
`;
