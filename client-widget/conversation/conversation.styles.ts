import { css } from "lit";

export const conversationStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
    background: var(--rd-paper);
  }
  rd-banner {
    flex: none;
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
    padding: 4px 12px max(12px, env(safe-area-inset-bottom));
  }
  rd-empty-state {
    flex: 1;
    min-block-size: 0;
    font: 400 14px/20px var(--rd-font);
  }
  .notice {
    display: flex;
    flex: none;
    align-items: center;
    gap: 12px;
    margin: 0 12px 4px;
    padding: 8px 12px;
    border: 1px solid var(--rd-shape);
    border-radius: var(--rd-radius-card);
    background: var(--rd-sunken);
    color: var(--rd-ink-2);
    font: 400 var(--rd-small) var(--rd-font);
  }
  .notice span {
    flex: 1;
  }
  .notice .link {
    flex: none;
    min-block-size: 24px;
  }
  .ending {
    display: grid;
    flex: none;
    gap: 10px;
    padding: 12px 16px max(16px, env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--rd-line);
  }
  .ending :is(h3, p) {
    margin: 0;
    font: 400 var(--rd-message) var(--rd-font);
    text-align: center;
    text-wrap: balance;
  }
  .ending p {
    color: var(--rd-ink-2);
  }
  .ending h3 {
    font-weight: 600;
  }
  .alone {
    flex: 1;
    border: 0;
  }
  .ways {
    overflow: hidden;
    border: 1px solid var(--rd-line);
    border-radius: var(--rd-radius-panel);
  }
  .way {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    min-block-size: 46px;
    padding: 8px 14px;
    border: 0;
    background: var(--rd-raised);
    font: 400 var(--rd-message) var(--rd-font);
    text-align: start;
    cursor: pointer;
    transition: background-color var(--rd-t-hover);
  }
  .way + .way {
    border-block-start: 1px solid var(--rd-line);
  }
  .way:hover {
    background: var(--rd-hover);
  }
  .way[aria-disabled] {
    color: var(--rd-ink-3);
    cursor: default;
  }
  .way:focus-visible {
    outline-offset: -3px;
    border-radius: var(--rd-radius-panel);
  }
  .way span {
    flex: 1;
  }
  .way svg {
    color: var(--rd-ink-2);
  }
  /* The keyboard of a phone on its side leaves a few lines: they belong to the words. */
  @container (max-height: 260px) {
    rd-typing-lid {
      display: none;
    }
    rd-composer {
      padding-block: 2px;
    }
  }
`;
