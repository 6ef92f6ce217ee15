import { define } from "../guarded/roomdesk-element.ts";
import { RdLongThread } from "./long-thread.component.ts";

define("rd-long-thread", RdLongThread);

declare global {
  interface HTMLElementTagNameMap {
    "rd-long-thread": RdLongThread;
  }
}
