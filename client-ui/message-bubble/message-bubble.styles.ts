import { css } from "lit";

// Retry and Discard are words, so small targets: their reach (::after) is larger than their look.
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
  .foot {
    display: flex;
    flex: 0 0 100%;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 5px;
    min-block-size: 16px;
    padding: 3px 4px 0;
    color: var(--rd-ink-3);
    font: 500 var(--rd-meta) var(--rd-font);
    font-variant-numeric: tabular-nums;
  }
  .own .foot {
    justify-content: flex-end;
  }
  :host([avatars]) .their .foot {
    padding-inline-start: 40px;
  }
  .who {
    color: var(--rd-ink-2);
  }
  .who + .dot {
    display: var(--rd-who-dot, none);
  }
  .refused {
    padding-block-end: 3px;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 5px;
  }
  .state.read {
    color: var(--rd-accent-ink);
  }
  .state.not_saved {
    color: var(--rd-bad);
  }
  .ways {
    display: inline-flex;
    gap: 12px;
  }
  .foot .link {
    position: relative;
    font-weight: 500;
  }
  .foot .link::after {
    content: "";
    position: absolute;
    inset: -5px -6px;
  }
  .mid {
    flex: none;
    padding: 0;
  }
  .mid .word {
    position: absolute;
    inline-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @container (min-width: 480px) {
    .short .foot:not(.refused) {
      flex: none;
      padding: 0;
    }
    .short.their .foot {
      flex: 0 0 100%;
      padding: 3px 4px 0;
    }
    .short .mid .word {
      position: static;
      inline-size: auto;
      clip-path: none;
    }
  }

  .note {
    display: flex;
    gap: 8px;
    inline-size: 100%;
    max-inline-size: none;
    padding: 6px 12px 7px 12px;
    border: 1px solid var(--rd-lamp-shape);
    border-inline-start: 3px solid var(--rd-lamp);
    border-radius: var(--rd-radius-card);
    background: var(--rd-lamp-soft);
  }
  .note.sending {
    border-color: var(--rd-lamp-line);
    border-inline-start-color: var(--rd-lamp);
    background: none;
  }
  .note.not_saved {
    border-color: var(--rd-bad-line);
  }
  .note .face {
    align-self: start;
    inline-size: 24px;
  }
  .sheet {
    flex: 1;
    min-inline-size: 0;
  }
  .text {
    overflow: hidden;
  }
  .gone .text {
    color: var(--rd-ink-3);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 6px;
    color: var(--rd-lamp-ink);
    font: 400 var(--rd-small) var(--rd-font);
  }
  .head b {
    font-weight: 600;
  }
  .when {
    margin-inline-start: auto;
    color: var(--rd-ink-3);
    font: 500 var(--rd-meta) var(--rd-font);
    font-variant-numeric: tabular-nums;
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
    .foot .link::after {
      inset: -14px -8px;
    }
    .more {
      inline-size: 32px;
      block-size: 32px;
    }
  }
`;
