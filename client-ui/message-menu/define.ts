import { define } from "../guarded/roomdesk-element.ts";
import { RdMessageMenu } from "./message-menu.component.ts";

define("rd-message-menu", RdMessageMenu);

declare global {
  interface HTMLElementTagNameMap {
    "rd-message-menu": RdMessageMenu;
  }
}
