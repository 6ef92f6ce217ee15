import { define } from "../guarded/roomdesk-element.ts";
import { RdMessageBubble } from "./message-bubble.component.ts";

define("rd-message-bubble", RdMessageBubble);

declare global {
  interface HTMLElementTagNameMap {
    "rd-message-bubble": RdMessageBubble;
  }
}
