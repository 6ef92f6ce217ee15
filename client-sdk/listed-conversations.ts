import type { CustomerConversation } from "#protocol/people.ts";
import type { ConversationSession } from "./conversation-session.ts";

/** What the desk has told, overlaid with what open sessions know better. Newest first. */
export function listed(
  known: readonly CustomerConversation[],
  sessions: readonly ConversationSession[],
): readonly CustomerConversation[] {
  const list = new Map(known.map((one) => [one.id, one]));
  for (const session of sessions) {
    const { conversationId } = session;
    const live = conversationId !== null && asListed(conversationId, session);
    if (live) list.set(live.id, live);
  }
  return [...list.values()].sort((a, b) => b.lastAt - a.lastAt);
}

function asListed(
  id: string,
  { isLoading, messages, status, unread }: ConversationSession,
): CustomerConversation | undefined {
  const last = messages.at(-1);
  if (isLoading || !last) return undefined;
  const said = messages.findLast((line) => line.kind === "message");
  return { id, status, unread, lastAt: last.at, lastLine: said?.kind === "message" ? said.body : null };
}
