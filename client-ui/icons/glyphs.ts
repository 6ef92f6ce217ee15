import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

// The shapes that say a state beside its word, on a 14 by 14 grid, one line weight.

const glyph = (drawing: SVGTemplateResult, width = 14): TemplateResult =>
  html`<svg
    width=${width}
    height="14"
    viewBox="0 0 ${width} 14"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${drawing}
  </svg>`;

/** Saved. */
export const tick = (): TemplateResult => glyph(svg`<path d="M2.5 7.5 5.5 10.5 11.5 4"/>`);
/** Delivered; in accent-ink, read. */
export const ticks = (): TemplateResult => glyph(svg`<path d="M1 7.8 3.8 10.5 9.2 4M7.2 10 7.7 10.5 14.5 4"/>`, 16);
/** Sending, kept; waits for them. */
export const dashedRing = (): TemplateResult =>
  glyph(svg`<circle cx="7" cy="7" r="4.75" stroke-dasharray="2.3 2.67" stroke-linecap="butt"/>`);
/** Not saved; late. */
export const circledMark = (): TemplateResult =>
  glyph(svg`<circle cx="7" cy="7" r="5.5"/><path d="M7 4.2v3.3M7 9.8v.01"/>`);

/** A room from above, its door open; `lit`: light falls through it. */
export const door = (size = 14, lit = false): TemplateResult =>
  html`<svg
    class="mirror"
    width=${size}
    height=${size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2.4"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path
      d="M11 10.5A9.5 9.5 0 0 1 19.6 20H11z"
      stroke="none"
      fill=${lit ? "var(--rd-lamp)" : "currentColor"}
      opacity=${lit ? 1 : 0.25}
    ></path>
    <path d="M10.8 20.2H3.8V3.8h16.4v16.4M10.8 20.2v-9.6"></path>
  </svg>`;
