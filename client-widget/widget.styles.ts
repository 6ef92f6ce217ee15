import { css } from "lit";

export const widgetStyles = css`
  :host {
    all: initial;
    position: fixed;
    z-index: 2147483000;
    inset-block-end: 0;
    inset-inline-end: 0;
    color: var(--rd-ink);
    font: 400 var(--rd-message) var(--rd-font);
    -webkit-text-size-adjust: 100%;
  }
  .launcher {
    position: fixed;
    inset-block-end: max(20px, env(safe-area-inset-bottom));
    inset-inline-end: 20px;
    display: grid;
    place-items: center;
    inline-size: 56px;
    block-size: 56px;
    padding: 0;
    border: 0;
    border-radius: 22px 22px 7px 22px;
    background: var(--rd-own);
    color: var(--rd-on-own);
    box-shadow: var(--rd-sh3);
    cursor: pointer;
  }
  .launcher:dir(rtl) {
    border-radius: 22px 22px 22px 7px;
  }
  .badge {
    position: absolute;
    inset-block-start: -6px;
    inset-inline-end: -6px;
    min-inline-size: 22px;
    padding: 0 5px;
    border: 2px solid #fff;
    border-radius: 12px;
    background: #b01f2a;
    color: #fff;
    font: 600 12px/18px var(--rd-font);
  }
  .panel {
    position: fixed;
    inset-block-end: 88px;
    inset-inline-end: 20px;
    inline-size: 372px;
    block-size: min(600px, calc(100vh - 104px));
    border: 1px solid var(--rd-line);
    border-radius: 20px;
    background: var(--rd-paper);
    box-shadow: var(--rd-sh3);
    transition:
      opacity var(--rd-t-open) var(--rd-out),
      translate var(--rd-t-open) var(--rd-out);
  }
  .panel:focus {
    outline: none;
  }
  @starting-style {
    .panel {
      opacity: 0;
      translate: 0 calc(12px * var(--rd-travel));
    }
  }
  @media (max-width: 479px), (max-height: 559px) {
    .panel {
      inset: var(--rd-view-top, 0) 0 auto;
      inline-size: auto;
      block-size: var(--rd-view-height, 100dvh);
      border: 0;
      border-radius: 0;
    }
    :host([opened]) .launcher {
      display: none;
    }
  }
  @media print {
    :host {
      display: none;
    }
  }
`;
