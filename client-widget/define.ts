import { define } from "#client-ui/guarded/roomdesk-element.ts";
import "#client-ui/avatar/define.ts";
import { RoomdeskWidget } from "./widget.component.ts";

define("roomdesk-widget", RoomdeskWidget);

declare global {
  interface HTMLElementTagNameMap {
    "roomdesk-widget": RoomdeskWidget;
  }
}
