import { css } from "lit";

// Five rounds of 1.2 s are the six seconds after which typing is forgotten; nothing moves for longer.
export const typingLidStyles = css`
  :host {
    block-size: 28px;
    color: var(--rd-ink-2);
  }
  .lid {
    display: flex;
    align-items: center;
    gap: 8px;
    block-size: 28px;
    white-space: nowrap;
  }
  .dots {
    display: inline-flex;
    flex: none;
    gap: 4px;
  }
  :host([bubble]) .dots {
    padding: 9px 12px;
    border: 1px solid var(--rd-shape);
    border-radius: 14px;
    border-end-start-radius: var(--rd-corner);
    background: var(--rd-sunken);
  }
  :host([bubble]) {
    color: var(--rd-ink-3);
    font-size: 12px;
  }
  i {
    inline-size: 5px;
    block-size: 5px;
    border-radius: 50%;
    background: var(--rd-accent);
    animation: dot var(--rd-loop) 5;
  }
  :host([bubble]) i {
    background: var(--rd-ink-3);
  }
  i:nth-child(2) {
    opacity: 0.7;
    animation-delay: 0.15s;
  }
  i:nth-child(3) {
    opacity: 0.4;
    animation-delay: 0.3s;
  }
  @keyframes dot {
    30% {
      opacity: 0.25;
    }
    60% {
      opacity: 1;
    }
  }
  .preview {
    flex: 0 1 auto;
    min-inline-size: 0;
    overflow: hidden;
    color: var(--rd-ink);
    font-style: italic;
    text-overflow: ellipsis;
  }
  .preview:lang(ar) {
    font-style: normal;
  }
  .notice {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    margin-inline-start: auto;
    color: var(--rd-ink-3);
    font: 500 var(--rd-meta) var(--rd-font);
  }
  @media (forced-colors: active) {
    i {
      background: CanvasText;
    }
  }
`;
