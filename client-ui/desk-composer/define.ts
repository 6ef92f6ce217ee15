import { define } from "../guarded/roomdesk-element.ts";
import { RdDeskComposer } from "./desk-composer.component.ts";

define("rd-desk-composer", RdDeskComposer);

declare global {
  interface HTMLElementTagNameMap {
    "rd-desk-composer": RdDeskComposer;
  }
}
