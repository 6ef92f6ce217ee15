import "#client-ui/avatar/define.ts";
import { define } from "#client-ui/guarded/roomdesk-element.ts";
import { RdRail } from "./rail.component.ts";

define("rd-rail", RdRail);
