import { css } from "lit";

/** The rail as it stands at the side, with its words. */
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
    padding: 3px 7px;
    border: 1px solid transparent;
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
    border-color: var(--rd-rim);
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
    padding: 0 4px;
    border: 1px solid var(--rd-shape);
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
  ul {
    display: grid;
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    gap: 8px;
    min-inline-size: 0;
    color: var(--rd-ink-2);
  }
  li bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .alone {
    margin: 0;
    color: var(--rd-ink-2);
  }
  .here {
    display: none;
    max-block-size: 200px;
    overflow-y: auto;
    margin: 4px 10px;
  }
  .me {
    border-block-start-color: var(--rd-line);
    border-radius: 0 0 var(--rd-radius) var(--rd-radius);
    padding-block: 10px 4px;
  }
  .name {
    flex: 1;
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
  .more {
    color: var(--rd-ink-3);
  }
  .menu .button {
    justify-content: flex-start;
    text-align: start;
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
`;
