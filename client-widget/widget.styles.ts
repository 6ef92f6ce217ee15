import { css } from "lit";

// The host element itself is reset inline (see on-the-page.ts), so everything inherited begins at the room.
export const widgetStyles = css`
  .room {
    position: fixed;
    inset: auto 0 0 auto;
    display: block;
    inline-size: 0;
    block-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
    overflow: visible;
    background: none;
    color: var(--rd-ink);
    color-scheme: var(--rd-scheme);
    font: 400 var(--rd-message) var(--rd-font);
    text-align: start;
    -webkit-text-size-adjust: 100%;
  }
  .panel {
    position: fixed;
    inset-block-end: calc(max(20px, env(safe-area-inset-bottom)) + 68px);
    inset-inline-end: max(20px, env(safe-area-inset-right));
    inline-size: 372px;
    block-size: min(600px, calc(100vh - 108px));
    block-size: min(600px, calc(100dvh - 108px));
    border: 1px solid var(--rd-line);
    border-radius: 20px;
    background: var(--rd-paper);
    box-shadow: var(--rd-sh3);
    container-type: size;
    transition:
      opacity var(--rd-t-open) var(--rd-out),
      translate var(--rd-t-open) var(--rd-out);
  }
  rd-panel {
    border-radius: 19px;
  }
  .panel > i {
    position: absolute;
  }
  @starting-style {
    .panel {
      opacity: 0;
      translate: 0 calc(12px * var(--rd-travel));
    }
  }
  /* Said again in on-the-page.ts: from here on the page behind cannot be reached. */
  @media (max-width: 479px), (max-height: 559px) {
    .panel {
      inset: var(--rd-view-top, 0) 0 auto;
      inline-size: auto;
      block-size: 100dvh;
      block-size: var(--rd-view-height, 100dvh);
      border: 0;
      border-radius: 0;
      touch-action: pinch-zoom;
    }
    rd-panel {
      border-radius: 0;
      padding-inline: env(safe-area-inset-left) env(safe-area-inset-right);
    }
    :host([opened]) .launcher {
      display: none;
    }
  }
  @media print {
    .room {
      display: none;
    }
  }
`;
