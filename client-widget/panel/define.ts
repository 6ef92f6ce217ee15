import "#client-ui/avatar/define.ts";
import { define } from "#client-ui/guarded/roomdesk-element.ts";
import "#client-ui/skeleton-rows/define.ts";
import "../home/define.ts";
import { RdPanel } from "./panel.component.ts";

define("rd-panel", RdPanel);
