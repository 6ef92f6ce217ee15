import { define } from "#client-ui/guarded/roomdesk-element.ts";
import { RdHome } from "./home.component.ts";

define("rd-home", RdHome);
