import { css } from "lit";

export const bannerStyles = css`
  p {
    display: flex;
    align-items: center;
    gap: 10px;
    margin: 0;
    padding: 9px var(--rd-pane);
    border-block-end: 1px solid var(--rd-shape);
    font: 500 var(--rd-body) var(--rd-font);
  }
  .offline {
    background: var(--rd-night);
    color: var(--rd-on-night);
  }
  .reconnecting {
    background: var(--rd-accent-soft);
    color: var(--rd-accent-ink);
  }
  .back {
    background: var(--rd-ok-soft);
    color: var(--rd-ok);
  }
`;
