import { css } from "lit";

export const panelStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--rd-floor);
  }
  .body {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
  }
  .body:focus-visible {
    outline-offset: -2px;
  }
  .head {
    display: flex;
    flex: none;
    align-items: center;
    gap: 12px;
    padding: 16px;
  }
  .head > div {
    display: grid;
    flex: 1;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    min-inline-size: 0;
  }
  h2 {
    overflow: hidden;
    margin: 0 0 2px;
    max-inline-size: 100%;
    font: 600 var(--rd-title) var(--rd-font-display);
    text-overflow: ellipsis;
  }
  section {
    padding: 14px 16px;
    border-block-start: 1px solid var(--rd-line);
  }
  h3 {
    display: flex;
    justify-content: space-between;
    margin: 0 0 10px;
    font: 600 var(--rd-body) var(--rd-font);
  }
  h3 span {
    color: var(--rd-ink-3);
    font-weight: 400;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(80px, max-content) minmax(0, 1fr);
    gap: 8px 12px;
    margin: 0;
  }
  dt {
    color: var(--rd-ink-3);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  p {
    margin: 0;
  }
  .body > p {
    padding: 14px 16px;
    border-block-start: 1px solid var(--rd-line);
  }
  .none {
    color: var(--rd-ink-3);
  }
  .tag {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    block-size: 18px;
    padding-inline: 6px;
    border-radius: var(--rd-radius-tag);
    background: var(--rd-sunken);
    color: var(--rd-ink-2);
    font: 500 var(--rd-meta) var(--rd-font);
  }
  .ok {
    background: var(--rd-ok-soft);
    color: var(--rd-ok);
  }
  .earlier {
    display: flex;
    align-items: center;
    gap: 8px;
    inline-size: calc(100% + 8px);
    min-block-size: 28px;
    margin-inline: -4px;
    padding: 2px 4px;
    border: 0;
    border-radius: var(--rd-radius);
    background: none;
    color: var(--rd-ink);
    text-align: start;
    cursor: pointer;
  }
  .earlier:hover {
    background: var(--rd-hover);
  }
  .line {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  time {
    flex: none;
    margin-inline-start: auto;
    color: var(--rd-ink-3);
    font: 400 var(--rd-small) var(--rd-font);
  }
  .shut {
    display: none;
  }
  @media (max-width: 1119px) {
    .shut {
      display: inline-flex;
    }
  }
  @media (max-width: 599px) {
    .shut,
    .earlier {
      min-block-size: 44px;
    }
    .shut {
      min-inline-size: 44px;
    }
  }
`;
