import { define } from "#client-ui/guarded/roomdesk-element.ts";
import { RdSetup } from "./setup.component.ts";

define("rd-setup", RdSetup);
