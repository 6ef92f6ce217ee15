import { css } from "lit";

export const rowStyles = css`
  :host {
    position: relative;
    display: grid;
    grid-template: "avatar name when" 18px "avatar last count" 18px / 32px minmax(0, 1fr) auto;
    column-gap: 10px;
    align-items: center;
    padding: 8px;
    border: 1px solid transparent;
    border-radius: var(--rd-radius-card);
    cursor: pointer;
    content-visibility: auto;
    contain-intrinsic-size: auto 54px;
  }
  :host(:hover) {
    background: var(--rd-hover);
  }
  :host([aria-selected="true"]) {
    border-color: var(--rd-line);
    background: var(--rd-raised);
    box-shadow: var(--rd-sh1);
    content-visibility: visible; /* or the bar at the pane's edge is cut off */
  }
  :host([aria-selected="true"])::before {
    position: absolute;
    inset-block: 8px;
    inset-inline-start: -7px;
    inline-size: 3px;
    border-radius: 2px;
    background: var(--rd-accent);
    content: "";
  }
  :host(:focus-visible) {
    outline: 2px solid var(--rd-focus);
    outline-offset: -2px;
  }
  rd-avatar {
    grid-area: avatar;
  }
  .name {
    grid-area: name;
    overflow: hidden;
    font-weight: 500;
    justify-self: start; /* at the row's start, whatever way the text itself runs */
    max-inline-size: 100%;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .unread {
    font-weight: 650;
  }
  time,
  .wait {
    grid-area: when;
    display: inline-flex;
    align-items: center;
    gap: 4px;
    justify-self: end;
    color: var(--rd-ink-3);
    font: 400 var(--rd-small) var(--rd-font);
    font-variant-numeric: tabular-nums;
  }
  .due {
    color: var(--rd-warn);
  }
  .late {
    color: var(--rd-bad);
    font-weight: 500;
  }
  .last {
    grid-area: last;
    overflow: hidden;
    color: var(--rd-ink-2);
    justify-self: start;
    max-inline-size: 100%;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .wide {
    grid-column-end: -1;
  }
  .unread ~ .last {
    color: var(--rd-ink);
  }
  .typing {
    color: var(--rd-accent-ink);
    font-weight: 600;
  }
  .draft {
    color: var(--rd-lamp-ink);
    font-weight: 600;
  }
  i {
    color: var(--rd-ink-3);
    font-style: normal;
  }
  .count {
    grid-area: count;
    justify-self: end;
    min-inline-size: 18px;
    padding: 1px 5px;
    border-radius: 9px;
    background: var(--rd-accent);
    color: var(--rd-on-accent);
    font: 600 var(--rd-meta) var(--rd-font);
    text-align: center;
  }
  @media (max-width: 599px) {
    :host {
      grid-template: "avatar name when" 23px "avatar last count" 23px / 44px minmax(0, 1fr) auto;
      column-gap: 12px;
      padding: 10px;
      contain-intrinsic-size: auto 68px;
      font-size: 15px;
    }
    rd-avatar {
      inline-size: 44px !important;
      block-size: 44px !important;
      font-size: 15px !important;
    }
    .count {
      min-inline-size: 20px;
      padding-block: 2px;
      border-radius: 10px;
    }
  }
  @media (forced-colors: active) {
    :host([aria-selected="true"]) {
      border-color: Highlight;
    }
    .count {
      border: 1px solid;
    }
  }
`;
