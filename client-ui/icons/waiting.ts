import { html, nothing, svg, type TemplateResult } from "lit";

/** A pie that fills: the share of a promise that is used up. At 1 the circled mark takes its place. */
export function quarter(share: number, size = 14): TemplateResult {
  const part = Math.min(Math.max(share, 0), 0.999);
  const angle = part * 2 * Math.PI;
  const [x, y] = [7 + 5.5 * Math.sin(angle), 7 - 5.5 * Math.cos(angle)].map((at) => at.toFixed(2));
  return html`<svg width=${size} height=${size} viewBox="0 0 14 14" aria-hidden="true">
    <circle cx="7" cy="7" r="5.9" fill="none" stroke="currentColor" stroke-width="1.1" opacity=".55"></circle>
    ${part > 0 ? svg`<path fill="currentColor" d="M7 7V1.5A5.5 5.5 0 ${part > 0.5 ? 1 : 0} 1 ${x} ${y}z"/>` : nothing}
  </svg>`;
}

/** Capacity as little desks, filled or free. */
export function seats(taken: number, of: number): TemplateResult {
  return html`<svg width=${of * 9 - 2} height="8" viewBox="0 0 ${of * 9 - 2} 8" aria-hidden="true">
    ${Array.from(
      { length: of },
      (_, at) =>
        svg`<rect x=${at * 9 + 0.75} y=".75" width="5.5" height="6.5" rx="1.2" stroke-width="1.5"
          stroke=${at < taken ? "var(--rd-accent)" : "var(--rd-edge)"} fill=${at < taken ? "var(--rd-accent)" : "none"} />`,
    )}
  </svg>`;
}

export type WaitingState = "open" | "us" | "late" | "them";

/** Open: full circle. Waits for us: amber ring. Late: red triangle. Waits for them: dashed ring. */
export function stateDot(state: WaitingState): TemplateResult {
  const shapes = {
    open: svg`<circle cx="6" cy="6" r="4.5" fill="var(--rd-accent)"/>`,
    us: svg`<circle cx="6" cy="6" r="3.75" fill="none" stroke="var(--rd-warn)" stroke-width="2"/>`,
    late: svg`<path d="M6 1.2 11.2 10.6H.8z" fill="var(--rd-bad)"/>`,
    them: svg`<circle cx="6" cy="6" r="4.25" fill="none" stroke="var(--rd-ink-3)" stroke-width="1.5" stroke-dasharray="2.1 2.35"/>`,
  };
  return html`<svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">${shapes[state]}</svg>`;
}
