import { css } from "lit";

export const conversationStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
    background: var(--rd-paper);
  }
  rd-thread,
  rd-skeleton-rows {
    flex: 1;
    min-block-size: 0;
  }
  rd-typing-lid {
    flex: none;
    padding-inline: 16px;
  }
  rd-composer {
    flex: none;
    padding: 0 12px max(12px, env(safe-area-inset-bottom));
  }
  .first {
    margin: 0;
    padding: 24px 32px;
    color: var(--rd-ink-2);
    font: 400 var(--rd-message) var(--rd-font);
    text-align: center;
    text-wrap: balance;
  }
  .notice {
    margin: 0 16px 8px;
    padding: 8px 12px;
    border-radius: var(--rd-radius-card);
    background: var(--rd-warn-soft);
    color: var(--rd-warn);
    font: 400 var(--rd-small) var(--rd-font);
  }
  .closed,
  .stopped {
    display: grid;
    gap: 10px;
    padding: 12px 16px max(16px, env(safe-area-inset-bottom));
    text-align: center;
  }
  .closed p,
  .stopped :is(h3, p) {
    margin: 0;
    color: var(--rd-ink-2);
    font: 400 var(--rd-message) var(--rd-font);
    text-wrap: balance;
  }
  .stopped {
    align-content: center;
    flex: 1;
    justify-items: center;
    padding: 32px;
  }
  .stopped h3 {
    color: var(--rd-ink);
    font-weight: 600;
  }
`;
