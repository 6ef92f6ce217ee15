import { css } from "lit";

export const avatarStyles = css`
  :host {
    display: inline-block;
    position: relative;
    flex: none;
    vertical-align: middle;
  }
  .face {
    display: grid;
    place-items: center;
    inline-size: 100%;
    block-size: 100%;
    border: 1px solid var(--rd-shape);
    border-radius: 50%;
    background: var(--tint);
    color: var(--ink);
    font: 600 1em/1 var(--rd-font);
    letter-spacing: 0.01em;
    user-select: none;
  }
  .square {
    border-radius: 27%;
  }
  .dot {
    position: absolute;
    inset-block-end: -1px;
    inset-inline-end: -1px;
    inline-size: 10px;
    block-size: 10px;
    border: 2px solid var(--rd-surface, var(--rd-paper));
    border-radius: 50%;
    background: var(--rd-surface, var(--rd-paper));
  }
  .dot::before {
    content: "";
    display: block;
    block-size: 100%;
    border: 1.5px solid var(--rd-ink-3);
    border-radius: 50%;
  }
  .online::before {
    border-color: var(--rd-ok);
    background: var(--rd-ok);
  }
  .away::before {
    border-color: var(--rd-warn);
  }
  @media (forced-colors: active) {
    .online::before {
      border-width: 4px;
    }
  }
`;
