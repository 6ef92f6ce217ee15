import { css } from "lit";

export const bubbleStyles = css`
  :host {
    padding-block-start: var(--rd-in-group);
    container-type: inline-size;
    font: 400 var(--rd-message) var(--rd-font);
    --link: var(--rd-accent-ink);
  }
  :host(:focus-visible) {
    outline: none;
  }
  .row {
    display: flex;
    flex-flow: row wrap;
    align-items: center;
    column-gap: 8px;
  }
  .first {
    padding-block-start: calc(var(--rd-between-groups) - var(--rd-in-group));
  }
  .own {
    flex-direction: row-reverse;
  }
  .hold {
    position: relative;
    min-inline-size: 0;
    max-inline-size: min(84%, 620px);
  }
  .bubble {
    padding: var(--rd-bubble-pad);
    border: 1px solid var(--rd-shape);
    border-radius: var(--rd-radius-bubble);
    background: var(--rd-sunken);
    overflow: hidden;
  }
  .own .bubble {
    --link: var(--rd-bubble-link);
    border-color: var(--rd-accent-shape);
    background: var(--rd-bubble);
    color: var(--rd-on-bubble);
  }
  .their.last .bubble {
    border-end-start-radius: var(--rd-corner);
  }
  .own.last .bubble {
    border-end-end-radius: var(--rd-corner);
  }
  .bubble.sending,
  .bubble.gone,
  .bubble.not_saved {
    --link: var(--rd-accent-ink);
    border-color: var(--rd-accent-line);
    background: none;
    color: var(--rd-ink-2);
  }
  .bubble.not_saved {
    border-color: var(--rd-bad-line);
    background: var(--rd-bad-soft);
    color: var(--rd-ink);
  }
  .bubble.gone {
    border: 1px dashed var(--rd-edge);
    color: var(--rd-ink-3);
  }
  :host(:focus-visible) :is(.bubble, .note) {
    outline: 2px solid var(--rd-focus);
    outline-offset: 2px;
  }

  .face {
    flex: none;
    align-self: end;
    inline-size: 28px;
  }
  .more {
    position: absolute;
    inset-block-start: -11px;
    inset-inline-end: -11px;
    display: grid;
    place-items: center;
    inline-size: 26px;
    block-size: 26px;
    padding: 0;
    border: 1px solid var(--rd-line);
    border-radius: 50%;
    background: var(--rd-raised);
    box-shadow: var(--rd-sh1);
    color: var(--rd-ink-2);
    cursor: pointer;
    opacity: 0;
    transition: opacity var(--rd-t-hover);
  }
  .own .more {
    inset-inline: -11px auto;
  }
  .note .more {
    inset-inline-end: 8px;
  }
  :host(:is(:hover, :focus, :focus-within)) .more {
    opacity: 1;
  }
  @media (pointer: coarse) {
    .more {
      inline-size: 32px;
      block-size: 32px;
    }
  }
`;
