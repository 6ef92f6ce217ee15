import { css } from "lit";

export const headStyles = css`
  :host {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 49px;
    padding: 5px 16px;
    border-block-end: 1px solid var(--rd-line);
  }
  .who {
    display: grid;
    flex: 1;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start; /* at the start of the head, whatever way the name itself runs */
    min-inline-size: 0;
  }
  .name {
    display: flex;
    align-items: center;
    gap: 8px;
    max-inline-size: 100%;
  }
  h1,
  p {
    overflow: hidden;
    max-inline-size: 100%;
    margin: 0;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h1 {
    min-block-size: 20px;
    font: 600 var(--rd-title) var(--rd-font-display);
  }
  p {
    min-block-size: 16px;
    color: var(--rd-ink-3);
    font: 400 var(--rd-small) var(--rd-font);
  }
  .tag {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 4px;
    block-size: 18px;
    padding-inline: 6px;
    border-radius: var(--rd-radius-tag);
    background: var(--rd-ok-soft);
    color: var(--rd-ok);
    font: 500 var(--rd-meta) var(--rd-font);
  }
  .viewers {
    display: flex;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
    color: var(--rd-ink-2);
    font: 400 var(--rd-small) var(--rd-font);
  }
  .viewers bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .button {
    flex: none;
  }
  .button[aria-disabled="false"] {
    cursor: pointer;
  }
  .back,
  .about,
  .face {
    display: none;
  }
  @media (max-width: 1119px) {
    .about {
      display: inline-flex;
    }
  }
  @media (max-width: 859px) {
    :host {
      padding-inline-start: 6px;
    }
    .back {
      display: inline-flex;
    }
  }
  @media (max-width: 599px) {
    :host {
      gap: 4px;
      min-block-size: 61px;
      padding-inline: 4px;
    }
    .face {
      display: block;
      margin-inline-end: 6px;
    }
    .button {
      min-block-size: 44px;
      min-inline-size: 44px;
      border-color: transparent;
      background: none;
      box-shadow: none;
    }
    .button:focus-visible {
      outline-offset: -2px; /* the screen ends here */
    }
    .tag {
      padding: 0;
      background: none;
    }
    .tag span,
    .viewers,
    .turn kbd {
      display: none;
    }
    .turn .word {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @media (max-width: 380px) {
    .face {
      display: none;
    }
  }
`;
