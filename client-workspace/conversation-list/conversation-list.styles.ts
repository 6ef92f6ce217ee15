import { css } from "lit";

export const listStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--rd-floor);
  }
  .head {
    flex: none;
    padding: 14px 14px 8px;
  }
  h1 {
    margin: 0;
    font: 600 var(--rd-title) var(--rd-font-display);
  }
  .sub {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 8px;
    margin-block-start: 10px;
    color: var(--rd-ink-3);
    font: 400 var(--rd-small) var(--rd-font);
  }
  .sub .link {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-block-size: 24px;
    margin-block: -4px;
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
  rd-empty-state {
    margin-block: auto;
    padding: 16px;
  }
  .more {
    flex: none;
    margin: 6px;
  }
  .large-count {
    display: none;
  }
  rd-banner {
    flex: none;
  }
  @media (max-width: 599px) {
    .head {
      padding: 16px 16px 8px;
    }
    h1 {
      font: 650 var(--rd-greeting) var(--rd-font-display);
      letter-spacing: -0.02em;
    }
    .large-count {
      display: inline;
      margin-inline-start: 8px;
      color: var(--rd-ink-3);
      font-weight: 400;
    }
    .sub {
      margin-block-start: 4px;
      font-size: 13px;
    }
    .sub .link {
      min-block-size: 44px;
      margin-block: -13px;
    }
    .sub bdi {
      display: none;
    }
    .more {
      min-block-size: 44px;
    }
  }
`;
