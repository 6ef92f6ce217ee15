import { css } from "lit";

export const homeStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    background: var(--rd-paper);
  }
  .hero {
    position: relative;
    flex: none;
    overflow: hidden;
    padding: 84px 20px 52px;
    background: var(--rd-own);
    color: var(--rd-on-own);
  }
  h2 {
    margin: 0;
    font: 650 var(--rd-greeting) var(--rd-font-display);
    letter-spacing: -0.01em;
  }
  .hero p {
    margin: 6px 0 0;
    font: 400 var(--rd-message) var(--rd-font);
  }
  .plan {
    position: absolute;
    inset-block-start: 40px;
    inset-inline-end: 0;
    opacity: 0.35;
  }
  .plan .light {
    fill: var(--rd-lamp);
    opacity: 0.6;
  }
  .plan .lamp {
    fill: var(--rd-lamp);
  }
  .cards {
    position: relative;
    display: grid;
    gap: 10px;
    margin: -28px 16px 16px;
  }
  section {
    display: grid;
    border-radius: var(--rd-radius-panel);
    box-shadow: var(--rd-sh2);
  }
  .card {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    min-block-size: 64px;
    padding: 12px 16px;
    border: 1px solid var(--rd-line);
    border-radius: var(--rd-radius-panel);
    background: var(--rd-raised);
    color: var(--rd-ink);
    text-align: start;
    cursor: pointer;
  }
  .cards > .card {
    box-shadow: var(--rd-sh2);
  }
  section .card {
    border-radius: 0;
  }
  section .card + .card {
    border-block-start: 0;
  }
  section .card:first-child {
    border-start-start-radius: var(--rd-radius-panel);
    border-start-end-radius: var(--rd-radius-panel);
  }
  section .card:last-child {
    border-end-start-radius: var(--rd-radius-panel);
    border-end-end-radius: var(--rd-radius-panel);
  }
  .card:hover {
    background: var(--rd-hover);
  }
  .card:focus-visible {
    outline-offset: -2px;
  }
  .text {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }
  .text b {
    overflow: hidden;
    font: 600 var(--rd-message) var(--rd-font);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  section .text b {
    font-weight: 500;
  }
  small {
    color: var(--rd-ink-3);
    font: 400 13px/18px var(--rd-font);
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
  .count {
    min-inline-size: 20px;
    padding: 1px 6px;
    border-radius: 10px;
    background: var(--rd-accent);
    color: var(--rd-on-accent);
    font: 600 12px/18px var(--rd-font);
    text-align: center;
  }
  .problem {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    padding: 12px 16px;
    border: 1px solid var(--rd-bad-line);
    border-radius: var(--rd-radius-panel);
    background: var(--rd-bad-soft);
  }
  .problem p {
    margin: 0;
  }
  .made {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 5px;
    margin: auto 0 12px;
    color: var(--rd-ink-3);
    font: 500 var(--rd-meta) var(--rd-font);
  }
`;
