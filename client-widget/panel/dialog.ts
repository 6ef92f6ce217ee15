import { html, nothing, type TemplateResult } from "lit";
import { language } from "#client-ui/words/words.ts";
import { isFullScreen } from "../on-the-page.ts";
import { missing, type Part } from "../part.ts";
import type { Visit } from "../visit.ts";
import { say } from "../words.ts";
import type { RdPanel } from "./panel.component.ts";

type Ways = { readonly panel: () => RdPanel | null; readonly shut: () => void; readonly changed: () => void };

/** The panel as a dialog beside the page; on a small screen it covers the page, and Tab then stays inside. */
export function dialog(visit: Visit, part: Part, { panel, shut, changed }: Ways): TemplateResult {
  const isAlone = isFullScreen();
  const edge = (end: "first" | "last") =>
    isAlone ? html`<i tabindex="0" @focus=${() => panel()?.focusEdge(end)}></i>` : nothing;
  return html`<section
    class="panel"
    part="panel"
    role="dialog"
    aria-modal=${isAlone ? "true" : nothing}
    aria-label=${say("panel", { name: visit.organisation || say("team") })}
    @keydown=${(e: KeyboardEvent) => onKey(e, panel(), shut)}
    @keyup=${quiet}
    @keypress=${quiet}
    @widget-close=${shut}
  >
    ${
      part.state === "missing"
        ? missing(part, changed)
        : html`${edge("last")}<rd-panel dir=${language().rtl ? "rtl" : "ltr"} .visit=${visit}></rd-panel
            >${edge("first")}`
    }
  </section>`;
}

/** The host page's shortcuts stay quiet while somebody writes here. */
const quiet = (e: Event) => e.stopPropagation();

function onKey(e: KeyboardEvent, panel: RdPanel | null, shut: () => void): void {
  e.stopPropagation();
  if (e.defaultPrevented || e.isComposing) return;
  if (e.key === "Escape") shut();
  else if (e.key === "F6") panel?.walk(e.shiftKey);
  else return;
  e.preventDefault();
}
