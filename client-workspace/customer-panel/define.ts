import "#client-ui/avatar/define.ts";
import "#client-ui/skeleton-rows/define.ts";
import { define } from "#client-ui/guarded/roomdesk-element.ts";
import { RdCustomerPanel } from "./customer-panel.component.ts";

define("rd-customer-panel", RdCustomerPanel);
