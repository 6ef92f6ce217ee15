import { html, nothing, type TemplateResult } from "lit";
import { door } from "#client-ui/icons/glyphs.ts";
import { icon } from "#client-ui/icons/icon.ts";
import { chevronDown } from "#client-ui/icons/paths.ts";
import { say } from "../words.ts";

/** The door in the corner of the page, and how much waits behind it. */
export function launcher(isOpen: boolean, unread: number, toggle: () => void, near: () => void): TemplateResult {
  const label = unread > 0 ? say("launcherUnread", { n: unread }) : say("launcher");
  return html`<button
    type="button"
    class="launcher"
    part="launcher"
    aria-label=${isOpen ? say("launcherClose") : label}
    aria-expanded=${isOpen}
    @click=${toggle}
    @pointerenter=${near}
    @focus=${near}
  >
    ${isOpen ? icon(chevronDown, 26) : door(28, true)}
    ${unread > 0 && !isOpen ? html`<span class="badge" aria-hidden="true">${unread > 99 ? "99+" : unread}</span>` : nothing}
  </button>`;
}
