import { define } from "../guarded/roomdesk-element.ts";
import { RdComposer } from "./composer.component.ts";

define("rd-composer", RdComposer);

declare global {
  interface HTMLElementTagNameMap {
    "rd-composer": RdComposer;
  }
}
