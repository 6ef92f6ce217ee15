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
`;
