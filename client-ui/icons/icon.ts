import { html, type TemplateResult } from "lit";

/** A line icon from `paths.ts`, in the colour of the text around it. It is decoration: the words stand beside it. */
export const icon = (path: string, size = 16, mirrored = false): TemplateResult =>
  html`<svg
    class=${mirrored ? "mirror" : ""}
    width=${size}
    height=${size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d=${path}></path>
  </svg>`;
