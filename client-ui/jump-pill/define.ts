import { define } from "../guarded/roomdesk-element.ts";
import { RdJumpPill } from "./jump-pill.component.ts";

define("rd-jump-pill", RdJumpPill);

declare global {
  interface HTMLElementTagNameMap {
    "rd-jump-pill": RdJumpPill;
  }
}
