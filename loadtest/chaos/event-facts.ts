import type { ConversationEvent } from "#protocol/conversation.ts";
import { textHash } from "../history/lines.ts";
import type { EventFacts } from "../history/shared-lines.ts";

/** An event as histories say it: without its text. */
export function factsOf(event: ConversationEvent): EventFacts {
  const { seq, id, clientId: key, by, type } = event;
  const hash = "body" in event ? textHash(event.body) : null;
  const facts: EventFacts = { seq, id, key, by: { side: by.side, id: by.id }, type, hash };
  if (!("messageId" in event)) return facts;
  const { messageId, version, note } = event;
  return { ...facts, target: { id: messageId, version, note } };
}
