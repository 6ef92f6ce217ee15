import { html, svg, type TemplateResult } from "lit";

/** The mark as it stands on its own: the door on petrol, light behind it, in every theme the same. */
export const mark = (size = 28): TemplateResult =>
  html`<svg class="mark mirror" width=${size} height=${size} viewBox="0 0 32 32" aria-hidden="true">
    ${svg`<rect width="32" height="32" rx="8" fill="#0a5f73"/><path d="M15 14a11 11 0 0 1 9 10h-9z" fill="#ffc43a"/>
    <path d="M14.5 24.5h-7v-17h17v17M14.5 24.5v-10" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>`}
  </svg>`;
