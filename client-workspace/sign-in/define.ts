import { define } from "#client-ui/guarded/roomdesk-element.ts";
import { RdSignIn } from "./sign-in.component.ts";

define("rd-sign-in", RdSignIn);
