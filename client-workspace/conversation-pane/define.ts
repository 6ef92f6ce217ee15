import "#client-ui/avatar/define.ts";
import "#client-ui/banner/define.ts";
import "#client-ui/desk-composer/define.ts";
import "#client-ui/long-thread/define.ts";
import "#client-ui/skeleton-rows/define.ts";
import "#client-ui/typing-lid/define.ts";
import { define } from "#client-ui/guarded/roomdesk-element.ts";
import { RdConversationHead } from "./conversation-head.component.ts";
import { RdConversationPane } from "./conversation-pane.component.ts";

define("rd-conversation-head", RdConversationHead);
define("rd-conversation-pane", RdConversationPane);
