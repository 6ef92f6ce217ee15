import { html, type TemplateResult } from "lit";

/** The floor plan behind the greeting: walls, an open door, a desk with its lamp on. Cut off by the edge of the room. */
export const plan = (): TemplateResult =>
  html`<svg
    class="plan mirror"
    viewBox="0 0 110 150"
    width="110"
    height="150"
    fill="none"
    stroke="currentColor"
    aria-hidden="true"
  >
    <circle class="light" cx="82" cy="60" r="36" stroke="none"></circle>
    <circle class="light" cx="82" cy="60" r="24" stroke="none"></circle>
    <path d="M110 2H2v44M2 90v58h108" stroke-width="2"></path>
    <path d="M2 46h38M40 46A42 42 0 0 1 2 88" stroke-dasharray="3 4" stroke-width="1.5"></path>
    <rect x="54" y="46" width="64" height="30" rx="4" stroke-width="2"></rect>
    <rect x="71" y="82" width="22" height="18" rx="6" stroke-width="2"></rect>
    <circle class="lamp" cx="82" cy="60" r="5" stroke="none"></circle>
  </svg>`;
