import { define } from "../guarded/roomdesk-element.ts";
import { RdBanner } from "./banner.component.ts";

define("rd-banner", RdBanner);

declare global {
  interface HTMLElementTagNameMap {
    "rd-banner": RdBanner;
  }
}
