import "../avatar/define.ts";
import "../jump-pill/define.ts";
import "../message-bubble/define.ts";
import "../message-menu/define.ts";
import { define } from "../guarded/roomdesk-element.ts";
import { RdLongThread } from "./long-thread.component.ts";

define("rd-long-thread", RdLongThread);

declare global {
  interface HTMLElementTagNameMap {
    "rd-long-thread": RdLongThread;
  }
}
