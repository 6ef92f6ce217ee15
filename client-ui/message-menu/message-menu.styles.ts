import { css } from "lit";

export const messageMenuStyles = css`
  :host {
    display: contents;
  }
  .sheet {
    position: fixed;
    inset: auto;
    z-index: var(--rd-z-popover);
    min-inline-size: 148px;
    margin: 0;
    padding: 4px;
    border: 1px solid var(--rd-rim);
    border-radius: var(--rd-radius-panel);
    background: var(--rd-raised);
    color: var(--rd-ink);
    box-shadow: var(--rd-sh3);
    animation: show var(--rd-t-hover) var(--rd-out);
  }
  @keyframes show {
    from {
      opacity: 0;
    }
  }
  button {
    display: flex;
    align-items: center;
    gap: 10px;
    inline-size: 100%;
    min-block-size: 32px;
    padding: 6px 10px;
    border: 0;
    border-radius: var(--rd-radius-card);
    background: none;
    text-align: start;
    cursor: pointer;
  }
  button:is(:hover, :focus) {
    background: var(--rd-hover);
  }
  button:focus-visible {
    outline-offset: -2px;
  }
  .danger {
    color: var(--rd-bad);
  }
  @media (pointer: coarse) {
    button {
      min-block-size: 44px;
    }
  }
`;
