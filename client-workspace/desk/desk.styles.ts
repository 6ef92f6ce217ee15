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
  .nobody {
    display: grid;
    place-items: center;
    background: var(--rd-paper);
  }
  @media (max-width: 1359px) {
    .desk,
    .with-conversation {
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
      display: none;
    }
    .with-panel rd-customer-panel {
      position: absolute;
      inset-block: 0;
      inset-inline-end: 0;
      display: block;
      z-index: var(--rd-z-sheet);
      inline-size: min(340px, 100%);
      box-shadow: var(--rd-sh3);
    }
  }
  @media (max-width: 859px) {
    .desk,
    .with-conversation {
      grid-template-columns: 56px minmax(0, 1fr);
    }
    .nobody,
    .with-conversation rd-conversation-list {
      display: none;
    }
  }
  @media (max-width: 599px) {
    .desk,
    .with-conversation {
      grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    }
    rd-rail {
      grid-row: 2;
    }
    .with-conversation {
      grid-template-rows: minmax(0, 1fr);
    }
    .with-conversation rd-rail {
      display: none;
    }
    rd-conversation-list {
      border: 0;
    }
  }
`;
