import { css } from "lit";

export const cardStyles = css`
  .cards {
    position: relative;
    display: grid;
    flex: none;
    gap: 10px;
    margin: -26px 16px 16px;
  }
  section {
    display: grid;
    overflow: hidden;
    border: 1px solid var(--rd-line);
    border-radius: var(--rd-radius-panel);
    background: var(--rd-raised);
    box-shadow: var(--rd-sh2);
  }
  .card {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 66px;
    padding: 12px 14px;
    border: 0;
    background: var(--rd-raised);
    color: var(--rd-ink);
    font: 400 var(--rd-message) var(--rd-font);
    text-align: start;
    cursor: pointer;
    transition: background-color var(--rd-t-hover);
  }
  .card + .card {
    border-block-start: 1px solid var(--rd-line);
  }
  .write {
    border: 1px solid var(--rd-line);
    border-radius: var(--rd-radius-panel);
    box-shadow: var(--rd-sh2);
  }
  .more {
    justify-content: center;
    min-block-size: 44px;
    color: var(--rd-accent-ink);
    font-weight: 500;
  }
  .card:hover {
    background: var(--rd-hover);
  }
  .card:active {
    background: var(--rd-press);
  }
  .card:focus-visible {
    outline-offset: -3px;
    border-radius: var(--rd-radius-panel);
  }
  .card > svg {
    color: var(--rd-ink-2);
  }
  .text {
    display: grid;
    flex: 1;
    gap: 1px;
    min-inline-size: 0;
  }
  .line {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 8px;
  }
  b {
    font-weight: 600;
  }
  .line b,
  .last {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .last {
    color: var(--rd-ink-2);
    text-align: match-parent;
    font-size: 14px;
  }
  small {
    flex: none;
    color: var(--rd-ink-3);
    font: 400 13px/18px var(--rd-font);
  }
  .line small {
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .mark {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 12px 12px 4px 12px;
    background: var(--rd-own);
    color: var(--rd-on-own);
  }
  .mark:dir(rtl) {
    border-radius: 12px 12px 12px 4px;
  }
  .mark.quiet {
    border: 1px solid var(--rd-shape);
    background: var(--rd-sunken);
    color: var(--rd-ink-2);
  }
  .count {
    flex: none;
    min-inline-size: 22px;
    padding: 2px 7px;
    border-radius: 11px;
    background: var(--rd-accent);
    color: var(--rd-on-accent);
    font: 600 12px/18px var(--rd-font);
    font-variant-numeric: tabular-nums;
    text-align: center;
  }
  .trouble {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: start;
    gap: 10px 12px;
    padding: 14px;
    border: 1px solid var(--rd-line);
    border-radius: var(--rd-radius-panel);
    background: var(--rd-raised);
    box-shadow: var(--rd-sh2);
    font: 400 14px/20px var(--rd-font);
  }
  .trouble svg {
    inline-size: 20px;
    block-size: 20px;
    color: var(--rd-bad);
  }
  .trouble p {
    margin: 0;
  }
  .trouble .button {
    grid-column: 2;
    justify-self: start;
    min-block-size: 44px;
    padding-inline: 16px;
    border-color: var(--rd-edge);
    border-radius: 10px;
    font-size: 14px;
  }
  .aside {
    margin: 0;
    padding: 0 4px;
    color: var(--rd-ink-3);
    font: 400 12px/17px var(--rd-font);
  }
  ul {
    display: grid;
    gap: 10px;
    margin: 10px 0 0;
    padding-inline: 15px;
    color: var(--rd-ink-2);
    list-style: none;
    font: 400 14px/20px var(--rd-font);
  }
  li {
    display: flex;
    gap: 12px;
    text-wrap: pretty;
  }
  li svg {
    flex: none;
    inline-size: 40px;
    margin-block-start: 2px;
    color: var(--rd-ink-3);
  }
  @container (max-height: 480px) {
    ul {
      display: none;
    }
  }
`;
