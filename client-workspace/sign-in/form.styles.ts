import { css } from "lit";

/** Sign-in and set-up: the form on paper at the start, the plan of the desk at night at the end. */
export const formStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 43fr) minmax(0, 57fr);
    min-block-size: 100dvh;
    background: var(--rd-paper);
  }
  main {
    display: grid;
    grid-template-rows: auto 1fr auto;
    padding: 36px 24px;
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 10px;
    padding-inline-start: 28px;
    font: 600 var(--rd-title) var(--rd-font-display);
  }
  form {
    display: grid;
    align-content: center;
    gap: 16px;
    inline-size: min(372px, 100%);
    margin-inline: auto;
  }
  h1 {
    margin: 0;
    font: 650 29px/36px var(--rd-font-display);
    letter-spacing: -0.02em;
  }
  .lead {
    margin: -12px 0 8px;
    color: var(--rd-ink-2);
    font-size: 15px;
  }
  label,
  .field {
    display: grid;
    gap: 6px;
    font-weight: 500;
  }
  input:not([type="checkbox"]) {
    inline-size: 100%;
    block-size: 44px;
    padding: 0 12px;
    border: 1px solid var(--rd-edge);
    border-radius: 10px;
    background: var(--rd-paper);
    font-size: 15px;
    font-weight: 400;
  }
  input:focus-visible {
    outline: 2px solid var(--rd-accent);
    outline-offset: -1px;
    box-shadow: 0 0 0 4px var(--rd-accent-soft);
  }
  .check {
    display: flex;
    align-items: center;
    gap: 10px;
    font-weight: 400;
  }
  .check input {
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    accent-color: var(--rd-accent);
  }
  .secret {
    position: relative;
    display: block;
  }
  .secret input {
    padding-inline-end: 48px;
  }
  .peek {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 2px;
    display: grid;
    place-items: center;
    inline-size: 44px;
    border: 0;
    border-radius: 10px;
    background: none;
    color: var(--rd-ink-2);
    cursor: pointer;
  }
  .peek:focus-visible {
    outline-offset: -4px;
  }
  .refusal {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 18px;
    margin: -8px 0 -6px;
    color: var(--rd-bad);
  }
  aside {
    display: grid;
    place-items: center;
    overflow: hidden;
    background: #0e2a33;
  }
  aside svg {
    overflow: visible;
    inline-size: min(80%, 640px);
    max-block-size: 86dvh;
    block-size: auto;
  }
  aside svg:dir(rtl) {
    scale: -1 1;
  }
  @media (max-width: 859px) {
    :host {
      grid-template-columns: minmax(0, 1fr);
    }
    aside {
      display: none;
    }
    .brand {
      padding-inline-start: 0;
    }
    main {
      padding: 20px 16px;
      gap: 20px;
    }
  }
`;
