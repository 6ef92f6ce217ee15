import { css } from "lit";

export const workspaceStyles = css`
  :host {
    --rd-font: "Inter Variable", "Noto Sans Arabic", system-ui, sans-serif;
    --rd-font-display: "Inter Variable", "Noto Sans Arabic", system-ui, sans-serif;
    display: block;
    min-block-size: 100dvh;
    background: var(--rd-paper);
    font-feature-settings: "cv05", "ss03";
    font-optical-sizing: auto;
    -webkit-text-size-adjust: 100%;
  }
  .still {
    display: grid;
    place-items: center;
    min-block-size: 100dvh;
    background: var(--rd-wall);
  }
  .toast {
    position: fixed;
    inset-block-end: 16px;
    inset-inline: 16px auto;
    z-index: var(--rd-z-toast);
    max-inline-size: min(420px, calc(100% - 32px));
    margin: 0;
    padding: 10px 14px;
    border: 1px solid var(--rd-shape);
    border-radius: var(--rd-radius-card);
    background: var(--rd-night);
    color: var(--rd-on-night);
    box-shadow: var(--rd-sh3);
  }
  .toast:empty {
    padding: 0;
    border: 0;
  }
  .opening {
    display: flex;
    align-items: center;
    gap: 10px;
    color: var(--rd-ink-2);
    animation: appear 0s 0.3s both; /* what comes at once needs no announcement */
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
  /* From 16 px on no phone zooms into a field. */
  @media (max-width: 599px) {
    :host {
      --rd-message: 16px/23px;
    }
  }
`;
