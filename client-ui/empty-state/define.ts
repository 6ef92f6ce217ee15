import { define } from "../guarded/roomdesk-element.ts";
import { RdEmptyState } from "./empty-state.component.ts";

define("rd-empty-state", RdEmptyState);

declare global {
  interface HTMLElementTagNameMap {
    "rd-empty-state": RdEmptyState;
  }
}
