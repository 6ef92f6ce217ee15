import { css } from "lit";

/** `<button class="button primary">`: native buttons, 28 px in the workspace; `large` for the widget and touch. */
export const buttonStyles = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 28px;
    padding: 4px 11px;
    border: 1px solid var(--rd-line);
    border-radius: var(--rd-radius);
    background: var(--rd-raised);
    color: var(--rd-ink);
    box-shadow: var(--rd-sh1);
    font: 500 var(--rd-body) var(--rd-font);
    cursor: pointer;
    transition: background-color var(--rd-t-hover);
  }
  .button:hover {
    background: var(--rd-hover);
  }
  .button:active {
    background: var(--rd-press);
  }
  .primary {
    border-color: transparent;
    background: var(--rd-accent);
    color: var(--rd-on-accent);
  }
  .primary:is(:hover, :active) {
    background: var(--rd-accent-hover);
  }
  .quiet {
    border-color: transparent;
    background: none;
    box-shadow: none;
    color: var(--rd-ink-2);
  }
  .danger {
    color: var(--rd-bad);
  }
  .lamp {
    border-color: transparent;
    background: var(--rd-lamp);
    color: var(--rd-on-lamp);
  }
  .lamp:is(:hover, :active) {
    background: color-mix(in srgb, var(--rd-lamp), var(--rd-on-lamp) 8%);
  }
  .icon {
    min-width: 28px;
    padding: 0;
  }
  .large {
    min-height: 46px;
    padding: 8px 16px;
    border-radius: 10px;
    font-size: 15px;
    font-weight: 600;
  }
  .button:disabled,
  .button[aria-disabled="true"] {
    border-color: var(--rd-shape);
    background: var(--rd-sunken);
    color: var(--rd-ink-3);
    box-shadow: none;
    cursor: default;
  }
  kbd {
    min-width: 18px;
    padding: 0 4px;
    border-radius: var(--rd-radius-tag);
    background: color-mix(in srgb, currentColor 16%, transparent);
    font: 500 var(--rd-meta) var(--rd-font);
    text-align: center;
  }
  :is(.button:not(.primary, .lamp)) kbd {
    box-shadow: inset 0 0 0 1px var(--rd-line);
    color: var(--rd-ink-3);
  }
`;
