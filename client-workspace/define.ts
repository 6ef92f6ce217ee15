import "#client-ui/empty-state/define.ts";
import { define } from "#client-ui/guarded/roomdesk-element.ts";
import "./desk/define.ts";
import "./setup/define.ts";
import "./sign-in/define.ts";
import { RoomdeskWorkspace } from "./workspace.component.ts";

define("roomdesk-workspace", RoomdeskWorkspace);

declare global {
  interface HTMLElementTagNameMap {
    "roomdesk-workspace": RoomdeskWorkspace;
  }
}
