import { define } from "../guarded/roomdesk-element.ts";
import { RdSkeletonRows } from "./skeleton-rows.component.ts";

define("rd-skeleton-rows", RdSkeletonRows);

declare global {
  interface HTMLElementTagNameMap {
    "rd-skeleton-rows": RdSkeletonRows;
  }
}
