import { css } from "lit";

export const deskComposerStyles = css`
  .box {
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding: 8px;
    border-radius: var(--rd-radius-panel);
    cursor: text;
  }
  .head,
  .tools {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .modes {
    display: inline-flex;
    padding: 2px;
    border: 1px solid var(--rd-shape);
    border-radius: var(--rd-radius-card);
    background: var(--rd-sunken);
  }
  .modes button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 24px;
    padding: 2px 10px;
    border: 0;
    border-radius: var(--rd-radius);
    background: none;
    color: var(--rd-ink-2);
    font-weight: 500;
    cursor: pointer;
  }
  .modes [aria-pressed="true"] {
    border: 1px solid var(--rd-rim);
    background: var(--rd-raised);
    box-shadow: var(--rd-sh1);
    color: var(--rd-ink);
    font-weight: 600;
  }
  .recipient {
    margin-inline-start: auto;
    color: var(--rd-ink-3);
    font: 500 var(--rd-meta) var(--rd-font);
  }
  textarea,
  .words,
  .editing {
    padding-inline: 4px;
  }
  .tools {
    cursor: default;
  }
  .draft {
    margin-inline-start: auto;
    color: var(--rd-ink-3);
    font: 500 var(--rd-meta) var(--rd-font);
  }
  .as-note {
    border-color: var(--rd-lamp-line);
    background: var(--rd-lamp-soft);
  }
  .as-note:focus-within {
    border-color: var(--rd-lamp-line);
    box-shadow: 0 0 0 3px color-mix(in srgb, var(--rd-lamp) 35%, transparent);
  }
  .as-note .modes {
    background: color-mix(in srgb, var(--rd-lamp-line) 45%, var(--rd-lamp-soft));
  }
  .as-note :is(.recipient, .draft, [aria-pressed="false"]) {
    color: var(--rd-lamp-ink);
  }
  .as-note textarea::placeholder {
    color: var(--rd-lamp-ink);
  }
  /* Fingers, and no keys to name. */
  @media (max-width: 599px) {
    .modes button,
    .button {
      min-block-size: 44px;
      padding-inline: 14px;
    }
    kbd {
      display: none;
    }
  }
`;
