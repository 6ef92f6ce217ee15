import { css } from "lit";

export const deskStyles = css`
  :host {
    display: block;
    block-size: 100dvh;
    overflow: hidden;
  }
  .desk {
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) / 196px 308px minmax(0, 1fr);
    block-size: 100%;
    overflow: hidden; /* the panel waits outside */
  }
  main {
    display: contents;
  }
  .paper {
    display: grid;
    min-inline-size: 0;
    min-block-size: 0;
    background: var(--rd-paper);
  }
  .with-conversation {
    grid-template-columns: 196px 308px minmax(480px, 1fr) 304px;
  }
  rd-conversation-list {
    border-inline: 1px solid var(--rd-line);
  }
  rd-customer-panel {
    border-inline-start: 1px solid var(--rd-line);
  }
  @media (max-width: 1359px) {
    .desk {
      grid-template-columns: 56px 308px minmax(0, 1fr);
    }
    .with-conversation {
      grid-template-columns: 56px 308px minmax(0, 1fr) 304px;
    }
  }
  @media (max-width: 1119px) {
    .with-conversation {
      grid-template-columns: 56px 308px minmax(0, 1fr);
    }
    rd-customer-panel {
      position: absolute;
      inset-block: 0;
      inset-inline-end: 0;
      z-index: var(--rd-z-sheet);
      inline-size: min(340px, 100%);
      visibility: hidden;
      translate: calc(100% * var(--rd-travel)) 0;
      transition:
        translate var(--rd-t-move) var(--rd-in),
        visibility 0s var(--rd-t-move);
    }
    rd-customer-panel:dir(rtl) {
      translate: calc(-100% * var(--rd-travel)) 0;
    }
    .with-panel rd-customer-panel {
      visibility: visible;
      translate: 0 0;
      transition: translate var(--rd-t-move) var(--rd-out);
      box-shadow: var(--rd-sh3);
    }
  }
  @media (max-width: 859px) {
    .desk,
    .with-conversation {
      grid-template-columns: 56px minmax(0, 1fr);
    }
    .desk:not(.with-conversation) .paper,
    .with-conversation rd-conversation-list {
      display: none;
    }
  }
  @media (max-width: 599px) {
    .desk {
      grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    }
    rd-rail {
      grid-row: 2;
    }
    .with-conversation {
      grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    }
    .with-conversation rd-rail {
      display: none;
    }
    rd-conversation-list {
      border: 0;
    }
    rd-customer-panel {
      inline-size: 100%;
      border: 0;
    }
  }
  @media (forced-colors: active) {
    .with-panel rd-customer-panel {
      border: 1px solid;
    }
  }
`;
