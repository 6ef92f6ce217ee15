import "../jump-pill/define.ts";
import "../message-bubble/define.ts";
import "../message-menu/define.ts";
import { define } from "../guarded/roomdesk-element.ts";
import { RdThread } from "./thread.component.ts";

define("rd-thread", RdThread);

declare global {
  interface HTMLElementTagNameMap {
    "rd-thread": RdThread;
  }
}
