import { css } from "lit";

export const panelStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    overflow: hidden;
    border-radius: inherit;
    background: var(--rd-paper);
  }
  .head {
    display: flex;
    flex: none;
    align-items: center;
    gap: 10px;
    min-block-size: 66px;
    padding: max(10px, env(safe-area-inset-top)) 6px 10px;
    border-block-end: 1px solid var(--rd-line);
  }
  .who {
    flex: 1;
    min-inline-size: 0;
  }
  h2,
  p {
    overflow: hidden;
    margin: 0;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h2 {
    font: 600 var(--rd-title) var(--rd-font-display);
  }
  p {
    color: var(--rd-ink-2);
    font: 400 13px/18px var(--rd-font);
  }
  .here {
    display: inline-block;
    inline-size: 8px;
    block-size: 8px;
    margin-inline-end: 6px;
    border: 4px solid var(--rd-ok);
    border-radius: 50%;
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
  .round {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    padding: 0;
    border: 0;
    border-radius: 22px;
    background: none;
    color: var(--rd-ink-2);
    cursor: pointer;
    transition: background-color var(--rd-t-hover);
  }
  .round:hover {
    background: var(--rd-hover);
  }
  .round:active {
    background: var(--rd-press);
  }
  .round:focus-visible {
    outline-offset: -3px;
  }
  .over {
    position: absolute;
    inset-block-start: max(8px, env(safe-area-inset-top));
    inset-inline-end: 8px;
    z-index: var(--rd-z-head);
  }
  .over .round {
    color: var(--rd-on-own);
  }
  .over .round:hover {
    background: rgb(255 255 255 / 0.14);
  }
  .over .round:active {
    background: rgb(255 255 255 / 0.24);
  }
  .over .round:focus-visible {
    outline-color: var(--rd-lamp);
  }
  @container (max-height: 360px) {
    .head {
      min-block-size: 48px;
      padding-block: max(2px, env(safe-area-inset-top)) 2px;
    }
    rd-avatar,
    .mark {
      display: none;
    }
  }
`;
