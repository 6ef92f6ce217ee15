import { css } from "lit";

/** Adopted by every element of ours: box model, focus ring, words for screen readers only, the apology. */
export const base = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
    color: var(--rd-ink);
    font: 400 var(--rd-body) var(--rd-font);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  button,
  textarea,
  input {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  svg {
    display: block;
    flex: none;
  }
  :focus-visible {
    outline: 2px solid var(--rd-focus);
    outline-offset: 2px;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .mirror:dir(rtl) {
    scale: -1 1;
  }
  .link {
    border: 0;
    padding: 0;
    background: none;
    color: var(--rd-accent-ink);
    text-decoration: underline;
    text-decoration-color: var(--rd-accent-line);
    text-underline-offset: 3px;
    cursor: pointer;
  }
  .apology {
    padding: 8px 12px;
    border: 1px solid var(--rd-bad-line);
    border-radius: var(--rd-radius-card);
    background: var(--rd-bad-soft);
    font: 400 var(--rd-small) var(--rd-font);
  }
`;
