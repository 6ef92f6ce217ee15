import { css } from "lit";

/** Our side of the desk: lamp-soft, with the lamp's edge at the start. */
export const noteStyles = css`
  .note {
    display: flex;
    gap: 8px;
    inline-size: 100%;
    max-inline-size: none;
    padding: 6px 12px 7px 12px;
    border: 1px solid var(--rd-lamp-shape);
    border-inline-start: 3px solid var(--rd-lamp);
    border-radius: var(--rd-radius-card);
    background: var(--rd-lamp-soft);
  }
  .note.sending {
    border-color: var(--rd-lamp-line);
    border-inline-start-color: var(--rd-lamp);
    background: none;
  }
  .note.not_saved {
    border-color: var(--rd-bad-line);
  }
  .note .face {
    align-self: start;
    inline-size: 24px;
  }
  .sheet {
    flex: 1;
    min-inline-size: 0;
  }
  .text {
    overflow: hidden;
  }
  .gone .text {
    color: var(--rd-ink-3);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 6px;
    color: var(--rd-lamp-ink);
    font: 400 var(--rd-small) var(--rd-font);
  }
  .head b {
    font-weight: 600;
  }
  .when {
    margin-inline-start: auto;
    color: var(--rd-ink-3);
    font: 500 var(--rd-meta) var(--rd-font);
    font-variant-numeric: tabular-nums;
  }
`;
