import { css } from "lit";

export const panelStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    overflow: hidden;
    border-radius: inherit;
    background: var(--rd-paper);
  }
  header {
    display: flex;
    align-items: center;
    gap: 10px;
    flex: none;
    min-block-size: 64px;
    padding: max(8px, env(safe-area-inset-top)) 8px 8px;
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
    color: var(--rd-ink-3);
    font: 400 var(--rd-small) var(--rd-font);
  }
  .mark {
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 12px 12px 5px 12px;
    background: var(--rd-own);
    color: var(--rd-on-own);
  }
  .round {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 44px;
    block-size: 44px;
    border: 0;
    border-radius: 22px;
    background: none;
    color: var(--rd-ink-2);
    cursor: pointer;
  }
  .round:hover {
    background: var(--rd-hover);
  }
  .over {
    position: absolute;
    inset-block-start: max(12px, env(safe-area-inset-top));
    inset-inline-end: 8px;
    z-index: 1;
  }
  .over .round {
    color: var(--rd-on-own);
  }
  .over .round:hover {
    background: rgb(255 255 255 / 0.12);
  }
  .over .round:focus-visible {
    outline-color: var(--rd-lamp);
  }
`;
