import "#client-ui/empty-state/define.ts";
import { define } from "#client-ui/guarded/roomdesk-element.ts";
import "../conversation-list/define.ts";
import "../conversation-pane/define.ts";
import "../customer-panel/define.ts";
import "../rail/define.ts";
import { RdDesk } from "./desk.component.ts";

define("rd-desk", RdDesk);
