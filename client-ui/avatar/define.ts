import { define } from "../guarded/roomdesk-element.ts";
import { RdAvatar } from "./avatar.component.ts";

define("rd-avatar", RdAvatar);

declare global {
  interface HTMLElementTagNameMap {
    "rd-avatar": RdAvatar;
  }
}
