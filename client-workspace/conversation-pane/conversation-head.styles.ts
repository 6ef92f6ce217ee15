import { css } from "lit";

export const headStyles = css`
  :host {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 48px;
    padding: 6px 16px;
    border-block-end: 1px solid var(--rd-line);
  }
  .who {
    flex: 1;
    min-inline-size: 0;
  }
  h1,
  p {
    overflow: hidden;
    margin: 0;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h1 {
    font: 600 var(--rd-title) var(--rd-font-display);
  }
  p {
    min-block-size: 16px;
    color: var(--rd-ink-3);
    font: 400 var(--rd-small) var(--rd-font);
  }
  .viewers {
    overflow: hidden;
    color: var(--rd-ink-2);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .back,
  .about {
    display: none;
  }
  @media (max-width: 1119px) {
    .about {
      display: inline-flex;
    }
  }
  @media (max-width: 859px) {
    :host {
      padding-inline: 6px;
    }
    .back {
      display: inline-flex;
    }
  }
  @media (max-width: 599px) {
    :host {
      min-block-size: 60px;
    }
    .button {
      min-block-size: 44px;
    }
    .back,
    .about {
      min-inline-size: 44px;
    }
    .viewers,
    kbd {
      display: none;
    }
  }
`;
