import { define } from "../guarded/roomdesk-element.ts";
import { RdTypingLid } from "./typing-lid.component.ts";

define("rd-typing-lid", RdTypingLid);

declare global {
  interface HTMLElementTagNameMap {
    "rd-typing-lid": RdTypingLid;
  }
}
