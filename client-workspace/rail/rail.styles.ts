import { css } from "lit";

export const railStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding: 12px 8px;
    background: var(--rd-wall);
    min-block-size: 0;
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 2px 8px;
    color: var(--rd-accent);
    min-inline-size: 0;
  }
  .brand b {
    overflow: hidden;
    color: var(--rd-ink);
    font: 600 var(--rd-body) var(--rd-font);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  nav {
    display: grid;
    gap: 2px;
  }
  .view,
  .me {
    display: flex;
    align-items: center;
    gap: 10px;
    inline-size: 100%;
    min-block-size: 28px;
    padding: 4px 8px;
    border: 0;
    border-radius: var(--rd-radius);
    background: none;
    color: var(--rd-ink-2);
    text-align: start;
    cursor: pointer;
  }
  .view:hover,
  .me:hover {
    background: var(--rd-press);
  }
  .view[aria-current] {
    background: var(--rd-raised);
    box-shadow: var(--rd-sh1);
    color: var(--rd-ink);
    font-weight: 600;
  }
  .view[aria-current] svg {
    color: var(--rd-accent);
  }
  .word {
    flex: 1;
  }
  .count {
    color: var(--rd-ink-3);
    font: 500 var(--rd-meta) var(--rd-font);
    font-variant-numeric: tabular-nums;
  }
  .loud,
  .waits {
    min-inline-size: 18px;
    padding: 1px 5px;
    border-radius: 9px;
    text-align: center;
  }
  .loud {
    background: var(--rd-accent);
    color: var(--rd-on-accent);
  }
  .waits {
    background: var(--rd-warn-soft);
    color: var(--rd-warn);
  }
  .colleagues {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    padding: 4px 8px;
  }
  h2 {
    margin: 0 0 6px;
    color: var(--rd-ink-3);
    font: 500 var(--rd-meta) var(--rd-font);
  }
  .colleagues p {
    display: flex;
    align-items: center;
    gap: 8px;
    margin: 0 0 6px;
    color: var(--rd-ink-2);
  }
  .me {
    border-block-start: 1px solid var(--rd-line);
    border-radius: 0 0 var(--rd-radius) var(--rd-radius);
    padding-block: 10px 4px;
  }
  .name {
    overflow: hidden;
    color: var(--rd-ink);
    font-weight: 500;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .menu {
    position: fixed;
    inset: auto auto 64px 12px;
    inline-size: 240px;
    margin: 0;
    padding: 8px;
    border: 1px solid var(--rd-line);
    border-radius: var(--rd-radius-panel);
    background: var(--rd-raised);
    color: var(--rd-ink);
    box-shadow: var(--rd-sh3);
  }
  .menu:dir(rtl) {
    inset: auto 12px 64px auto;
  }
  .menu:popover-open {
    display: grid;
    gap: 6px;
  }
  .menu .button {
    justify-content: flex-start;
  }
  .mail {
    margin: 4px 10px;
    overflow-wrap: anywhere;
    color: var(--rd-ink-3);
    font: 400 var(--rd-small) var(--rd-font);
  }
  label {
    display: grid;
    gap: 4px;
    padding: 4px 10px;
    font: 400 var(--rd-small) var(--rd-font);
  }
  select {
    min-block-size: 28px;
    border: 1px solid var(--rd-edge);
    border-radius: var(--rd-radius);
    background: var(--rd-paper);
    color: var(--rd-ink);
    font: inherit;
  }
  @media (max-width: 1359px) {
    .word,
    .brand b,
    .name,
    .colleagues {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
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
      min-block-size: 48px;
    }
    .view[aria-current] {
      background: none;
      box-shadow: none;
      color: var(--rd-accent-ink);
    }
    .word {
      position: static;
      inline-size: auto;
      block-size: auto;
      clip-path: none;
      font: 500 var(--rd-meta) var(--rd-font);
    }
    .me {
      margin: 0;
      padding: 8px;
      border: 0;
    }
  }
`;
