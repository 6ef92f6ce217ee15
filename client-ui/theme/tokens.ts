import { type CSSResult, css, unsafeCSS } from "lit";
import { depths, roles, tints } from "./roles.ts";

type Theme = 0 | 1 | 2;
const light: Theme = 0;
const dark: Theme = 1;
const contrast: Theme = 2;

/** No theme was chosen: the system says which. */
const auto = ":host(:not([data-theme=light],[data-theme=dark],[data-theme=contrast]))";

/** Reduced motion: fades of at most 80 ms, no way travelled, dots that stand. */
const still = "--rd-t-hover:80ms;--rd-t-move:80ms;--rd-t-open:80ms;--rd-travel:0;--rd-loop:0s;";

/** Under forced colours the system's own; shapes keep their borders. */
const systemColours =
  "--rd-accent:Highlight;--rd-on-accent:HighlightText;--rd-focus:Highlight;--rd-accent-ink:LinkText;--rd-lamp:Highlight;" +
  "--rd-bad:CanvasText;--rd-ink-3:CanvasText;--rd-edge:CanvasText;--rd-line:CanvasText;" +
  "--rd-shape:CanvasText;--rd-accent-shape:CanvasText;--rd-lamp-shape:CanvasText;--rd-rim:CanvasText;";

/** What no theme changes. A host overrides `--rd-font`; the widget ships none. */
const constants =
  "--rd-font:system-ui,sans-serif;--rd-font-display:var(--rd-font);--rd-font-mono:ui-monospace,monospace;" +
  "--rd-meta:11px/16px;--rd-small:12px/16px;--rd-body:13px/18px;--rd-message:13.5px/20px;--rd-title:15px/20px;" +
  "--rd-page:17px/24px;--rd-figure:26px/32px;--rd-greeting:25px/31px;" +
  "--rd-pane:16px;--rd-in-group:3px;--rd-between-groups:8px;" +
  "--rd-radius-tag:4px;--rd-radius:6px;--rd-radius-card:8px;--rd-radius-panel:12px;--rd-radius-bubble:14px;--rd-corner:4px;" +
  "--rd-bubble:var(--rd-accent-soft);--rd-on-bubble:var(--rd-ink);--rd-bubble-link:var(--rd-accent-ink);--rd-bubble-pad:7px 12px;" +
  "--rd-t-press:80ms;--rd-t-hover:120ms;--rd-t-move:180ms;--rd-t-open:240ms;--rd-travel:1;--rd-loop:1.2s;" +
  "--rd-out:cubic-bezier(.2,.8,.2,1);--rd-in:cubic-bezier(.4,0,1,1);" +
  "--rd-z-head:10;--rd-z-slash:20;--rd-z-offer:30;--rd-z-sheet:40;--rd-z-popover:50;--rd-z-dialog:60;--rd-z-toast:70;";

/** For the one root element of a client: roles inherit through every shadow root below it. */
export const tokens: CSSResult = unsafeCSS(
  `:host{${scheme("light")}${constants}${theme(light)}}` +
    `:host([data-theme=dark]){${scheme("dark")}${theme(dark)}}` +
    `:host([data-theme=contrast]){${theme(contrast)}}` +
    `@media (prefers-color-scheme:dark){${auto}{${scheme("dark")}${theme(dark)}}}` +
    `@media (prefers-contrast:more){${auto}{${scheme("light")}${theme(contrast)}}}` +
    `@media (prefers-reduced-motion:reduce){:host{${still}}}` +
    `@media (forced-colors:active){:host,:host([data-theme]){${systemColours}}}`,
);

/** Also as a token, for a root whose own properties the host page keeps (the widget's). */
function scheme(which: "light" | "dark"): string {
  return `color-scheme:${which};--rd-scheme:${which};`;
}

/** The widget's larger scale: 15 px texts, round bubbles, the customer's own in `own` with white. */
export const widgetScale = css`
  :host {
    --rd-message: 15px/21px;
    --rd-bubble: var(--rd-own);
    --rd-on-bubble: var(--rd-on-own);
    --rd-bubble-link: var(--rd-on-own);
    --rd-radius-bubble: 18px;
    --rd-corner: 5px;
    --rd-between-groups: 10px;
    --rd-bubble-pad: 8px 14px;
    --rd-who-dot: inline;
  }
  @media (max-width: 479px) {
    :host {
      --rd-message: 16px/23px;
    }
  }
`;

function theme(which: Theme): string {
  const colours = Object.entries({ ...roles, ...depths }).map(([role, values]) => `--rd-${role}:${values[which]};`);
  const pairs = tints.map((tint, index) => {
    const [surface, ink] = which === dark ? [tint[2], tint[3]] : [tint[0], tint[1]];
    return `--rd-tint-${index}:${surface};--rd-tint-ink-${index}:${ink};`;
  });
  return colours.concat(pairs).join("");
}
