import { css } from "lit";

export const paneStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
    background: var(--rd-paper);
  }
  rd-conversation-head,
  rd-banner,
  rd-typing-lid,
  rd-desk-composer {
    flex: none;
  }
  rd-long-thread,
  .awaited {
    flex: 1;
    min-block-size: 0;
    overflow: hidden;
  }
  .slow {
    margin: 0;
    padding: 4px 16px;
    color: var(--rd-ink-2);
    animation: appear 0s 5s both; /* by then one wonders */
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
  rd-typing-lid {
    padding-inline: 16px;
  }
  rd-desk-composer {
    padding: 0 12px max(12px, env(safe-area-inset-bottom));
  }
  .notice,
  .closed {
    flex: none;
    margin: 0 12px 8px;
    padding: 6px 10px;
    border: 1px solid var(--rd-shape);
    border-radius: var(--rd-radius-card);
    font: 400 var(--rd-small) var(--rd-font);
  }
  .notice {
    background: var(--rd-warn-soft);
    color: var(--rd-warn);
  }
  .closed {
    background: var(--rd-sunken);
    color: var(--rd-ink-2);
  }
  .stopped {
    display: grid;
    place-content: center;
    gap: 4px;
    flex: 1;
    padding: 40px;
    text-align: center;
  }
  .stopped h2 {
    margin: 0;
    font: 600 var(--rd-title) var(--rd-font-display);
  }
  .stopped p {
    margin: 0;
    color: var(--rd-ink-2);
  }
  .stopped .button {
    justify-self: center;
    margin-block-start: 12px;
  }
  /* 400 % of zoom on a low window: everything scrolls, and the thread keeps a readable height. */
  @media (max-height: 360px) {
    :host {
      overflow-y: auto;
    }
    rd-long-thread,
    .awaited {
      flex: 1 0 180px;
    }
  }
`;
