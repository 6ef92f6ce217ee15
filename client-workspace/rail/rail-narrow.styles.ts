import { css } from "lit";

/** Icons only below 1360 px; the tab bar of a phone below 600. */
export const narrowStyles = css`
  @media (max-width: 1359px) {
    .word,
    .name,
    .brand b {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .more,
    .colleagues {
      display: none;
    }
    .here {
      display: block;
    }
    :host {
      align-items: center;
      padding-inline: 6px;
    }
    .view {
      position: relative;
      justify-content: center;
      inline-size: 44px;
      min-block-size: 40px;
      padding: 0;
    }
    .count {
      position: absolute;
      inset-block-start: 2px;
      inset-inline-end: 2px;
      padding-inline: 4px;
      border-radius: 9px;
    }
    .count:not(.loud, .waits) {
      display: none;
    }
    .me {
      margin-block-start: auto;
      inline-size: auto;
    }
  }
  @media (max-width: 599px) {
    :host {
      flex-direction: row;
      justify-content: space-around;
      padding: 4px 8px max(4px, env(safe-area-inset-bottom));
      border-block-start: 1px solid var(--rd-line);
      background: var(--rd-paper);
    }
    .brand {
      display: none;
    }
    nav {
      display: contents;
    }
    .view {
      flex-direction: column;
      gap: 2px;
      inline-size: auto;
      min-inline-size: 56px;
      min-block-size: 50px;
    }
    .view[aria-current] {
      border-color: transparent;
      background: none;
      box-shadow: none;
      color: var(--rd-accent-ink);
    }
    .word {
      position: static;
      flex: none;
      inline-size: auto;
      block-size: auto;
      clip-path: none;
      font: 500 var(--rd-meta) var(--rd-font);
    }
    .view .count {
      inset-block-start: 0;
      inset-inline-end: 4px;
    }
    .me {
      margin: 0;
      min-block-size: 48px;
      padding: 8px 12px;
      border: 0;
    }
    .menu,
    .menu:dir(rtl) {
      inset: auto 8px calc(64px + env(safe-area-inset-bottom)) auto;
      inline-size: min(280px, calc(100% - 16px));
    }
    .menu:dir(rtl) {
      inset-inline: auto 8px;
    }
    .menu .button,
    select {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .view[aria-current] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .loud,
    .waits {
      border: 1px solid;
    }
  }
`;
