import type { ConversationCommand } from "#protocol/conversation.ts";
import type { Answered } from "./courier.ts";
import type { ConversationApi } from "./desk-api.ts";
import { failed } from "./desk-request.ts";

/** Commands over HTTP, answered as a room answers them. */
export const postOver =
  (api: ConversationApi) =>
  async (conversationId: string, command: ConversationCommand): Answered => {
    const answer = await api.post(conversationId, command);
    if (!failed(answer)) return answer;
    if ("unreachable" in answer) return undefined;
    const { refused: code, retryInMs } = answer;
    return retryInMs === undefined ? { ok: false, code } : { ok: false, code, retryInMs };
  };
