import { css } from "lit";

export const listStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--rd-floor);
  }
  header {
    flex: none;
    padding: 14px 14px 8px;
  }
  h1 {
    margin: 0;
    font: 600 var(--rd-title) var(--rd-font-display);
  }
  .sub {
    display: flex;
    justify-content: space-between;
    margin-block-start: 10px;
    color: var(--rd-ink-3);
    font: 400 var(--rd-small) var(--rd-font);
  }
  .sub .link {
    color: var(--rd-ink-2);
    text-decoration: none;
  }
  .sub .link:hover {
    text-decoration: underline;
  }
  .rows {
    flex: 1;
    overflow-y: auto;
    min-block-size: 0;
    padding: 0 6px 12px;
    overscroll-behavior: contain;
  }
  rd-conversation-row + rd-conversation-row {
    margin-block-start: 2px;
  }
  rd-empty-state {
    margin-block: auto;
    padding: 16px;
  }
  .more {
    flex: none;
    margin: 6px;
  }
`;
