import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

// Floor plans for empty states: 200 by 120, seen from above, one line weight, one accent, at most one lamp.

const plan = (parts: SVGTemplateResult): TemplateResult =>
  html`<svg
    width="200"
    height="120"
    viewBox="0 0 200 120"
    fill="none"
    stroke="var(--rd-edge)"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${parts}
  </svg>`;

const accent = "var(--rd-accent)";
const light = "var(--rd-lamp-soft)";
const lamp = "var(--rd-lamp)";
const dashed = "3.5 3.5";

const desk = (x: number, y: number) =>
  svg`<rect x=${x} y=${y} width="46" height="24" rx="3"/><rect x=${x + 14} y=${y + 30} width="18" height="15" rx="5"/>`;
const table = (x: number, y: number) => svg`<rect x=${x} y=${y} width="46" height="24" rx="3"/>`;
const glow = (x: number, y: number, radius: number) =>
  svg`<circle cx=${x} cy=${y} r=${radius} fill=${light} stroke="none"/>`;
const bulb = (x: number, y: number) => svg`<circle cx=${x} cy=${y} r="4.5" fill=${lamp} stroke="none"/>`;

/** "Nobody is waiting": a lit desk, the door ajar. */
export const nobodyWaiting = (): TemplateResult =>
  plan(svg`${glow(57, 48, 29)}<path d="M92 100H20V20h160v80h-45V57"/>
    <path d="M135 57a43 43 0 0 0-43 43" stroke-dasharray=${dashed} stroke-width="1.5"/>
    ${desk(34, 36)}${bulb(57, 48)}<circle cx="157" cy="43" r="10"/><path d="M147 43h20M157 33v20" stroke-width="1.5"/>`);

/** "Choose someone on the left": the door opens, light falls in. */
export const chooseSomeone = (): TemplateResult =>
  plan(svg`<path d="M64 58a44 44 0 0 1-44 44V58z" fill=${light} stroke="none"/><path d="M20 58V20h160v82H20"/>
    <path d="M64 58a44 44 0 0 1-44 44" stroke-dasharray=${dashed} stroke-width="1.5"/>
    <path d="M20 58h44" stroke=${accent} stroke-width="3"/>${desk(109, 44)}`);

/** "The room has no door yet": where the first line on a site would cut one. */
export const noDoorYet = (): TemplateResult =>
  plan(svg`<path d="M83 20H20v84h160V20h-63"/><path d="M86 20h28" stroke=${accent} stroke-dasharray="6 5"/>
    <path d="M100 3v14m-7-6 7 7 7-7" stroke=${accent}/>${table(77, 52)}${bulb(100, 64)}`);

/** "Nothing for …": one room after the other was looked at. */
export const nothingFound = (): TemplateResult =>
  plan(svg`<path d="M20 20h70v84H20z"/><rect x="36" y="44" width="34" height="20" rx="3"/>
    <path d="M110 65V20h70v84h-70V84"/><circle cx="136" cy="58" r="22" fill=${light} stroke=${accent} stroke-width="2.5"/>
    <path d="m152 74 14 14" stroke=${accent} stroke-width="3"/>`);

/** "You are offline": the line is cut, the lamp is on. */
export const lineCut = (): TemplateResult =>
  plan(svg`${glow(116, 61, 32)}<path d="M40 20h152v82H40zM3 59h14m12 0h11"/>
    <path d="m15 67 7-16m1 16 7-16" stroke="var(--rd-bad)"/>${table(93, 49)}${bulb(116, 61)}`);

/** "Supervisors only": a room behind a shut door. */
export const doorShut = (): TemplateResult =>
  plan(svg`<path d="M20 20h160v82H20z"/><rect x="77" y="45" width="46" height="25" rx="3"/>
    <path d="M92 45v-7a8 8 0 0 1 16 0v7"/><path d="M82 102h36" stroke="var(--rd-ink-2)" stroke-width="4"/>
    <circle cx="112" cy="94" r="2.5" fill="var(--rd-ink-2)" stroke="none"/>`);

/** Nobody has written yet: an open door and an empty chair before the desk. */
export const nothingYet = (): TemplateResult =>
  plan(svg`${glow(146, 52, 29)}<path d="M20 58V20h160v82H64"/><path d="M20 58a44 44 0 0 1 44 44" stroke-dasharray=${dashed} stroke-width="1.5"/>
    <path d="M20 58v44" stroke=${accent} stroke-width="3"/>${table(123, 40)}${bulb(146, 52)}<rect x="137" y="70" width="18" height="15" rx="5"/>`);
