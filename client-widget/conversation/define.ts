import "#client-ui/banner/define.ts";
import "#client-ui/composer/define.ts";
import "#client-ui/empty-state/define.ts";
import "#client-ui/skeleton-rows/define.ts";
import "#client-ui/thread/define.ts";
import "#client-ui/typing-lid/define.ts";
import { define } from "#client-ui/guarded/roomdesk-element.ts";
import { RdConversation } from "./conversation.component.ts";

define("rd-conversation", RdConversation);
