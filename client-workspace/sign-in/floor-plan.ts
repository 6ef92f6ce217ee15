import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

const wall = "#a9c9d1";
const thin = "#5f8a96";
const lamp = "#ffc43a";

/** The desk from above, at night: walls, doors, people at the entrance, lamps on where somebody works. */
export const floorPlan = (): TemplateResult =>
  html`<svg viewBox="0 0 680 720" fill="none" stroke-width="4" stroke=${wall}>
    <defs>
      <radialGradient id="glow">
        <stop stop-color=${lamp} stop-opacity=".5"></stop>
        <stop offset=".45" stop-color=${lamp} stop-opacity=".16"></stop>
        <stop offset="1" stop-color=${lamp} stop-opacity="0"></stop>
      </radialGradient>
    </defs>
    ${svg`<path stroke="${thin}" stroke-width="1.5" opacity=".6" d="M40 6h580M40 0v12M620 0v12M658 40v640M652 40h12M652 680h12" /><path d="M40 310V40H620V680H40V430M428 40v284M428 412v60H310M224 472H40M428 472v50" />
      <path stroke="${lamp}" d="M40 310h116" /><path fill="${lamp}" fill-opacity=".16" stroke="none" d="M40 310h116a116 116 0 0 1-116 116z" />
      <path stroke="${lamp}" stroke-width="2" stroke-dasharray="4 5" d="M156 310a116 116 0 0 1-116 116" />
      <path stroke="${thin}" stroke-width="3" d="M428 412h-86M224 472v-86M428 522h86" />
      <path stroke="${thin}" stroke-width="1.5" stroke-dasharray="4 5" d="M342 412a86 86 0 0 1 86-88M224 386a86 86 0 0 1 84 86M514 522a86 86 0 0 1-86 76" />`}
    ${desk(98, 90, true)} ${desk(222, 90, true)} ${desk(98, 206, false)} ${desk(222, 206, true)} ${desk(496, 110, true)}
    ${desk(496, 254, false)} ${desk(98, 546, false)} ${desk(252, 546, true)} ${queue()}
    ${svg`<circle cx="564" cy="606" r="25" stroke="${thin}" stroke-width="2"/><path stroke="${thin}" stroke-width="2" d="M564 581v50M539 606h50M546 588l36 36M582 588l-36 36"/>`}
  </svg>`;

const desk = (x: number, y: number, lit: boolean): SVGTemplateResult => svg`
  ${lit ? svg`<circle cx="${x + 29}" cy="${y + 16}" r="62" fill="url(#glow)" stroke="none" />` : ""}
  <rect x="${x}" y="${y}" width="58" height="32" rx="3" stroke="${thin}" stroke-width="2" />
  <rect x="${x + 17}" y="${y + 42}" width="24" height="20" rx="6" stroke="${thin}" stroke-width="2" />
  <circle cx="${x + 29}" cy="${y + 16}" r="5" fill="${lit ? lamp : "none"}" stroke="${lit ? "none" : thin}" stroke-width="2" />`;

/** People before the open door. */
const queue = (): SVGTemplateResult => svg`<g stroke="none" fill="#e6f0f2">
  <circle cx="6" cy="368" r="12" /><circle cx="-30" cy="368" r="12" fill-opacity=".62" /><circle cx="-66" cy="368" r="12" fill-opacity=".32" /></g>`;
