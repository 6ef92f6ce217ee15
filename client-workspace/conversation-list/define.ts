import "#client-ui/avatar/define.ts";
import "#client-ui/banner/define.ts";
import "#client-ui/empty-state/define.ts";
import "#client-ui/skeleton-rows/define.ts";
import { define } from "#client-ui/guarded/roomdesk-element.ts";
import { RdConversationList } from "./conversation-list.component.ts";
import { RdConversationRow } from "./conversation-row.component.ts";

define("rd-conversation-row", RdConversationRow);
define("rd-conversation-list", RdConversationList);
