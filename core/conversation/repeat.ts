import type { ConversationCommand, ConversationEvent } from "#protocol/conversation.ts";

const eventOf = {
  "message.send": "message.posted",
  "note.post": "note.posted",
  "message.edit": "message.edited",
  "message.delete": "message.deleted",
  "conversation.join": "member.joined",
  "conversation.leave": "member.left",
  "conversation.close": "conversation.closed",
  "conversation.reopen": "conversation.reopened",
} as const satisfies Record<ConversationCommand["type"], ConversationEvent["type"]>;

/**
 * Whether a command says again what its key already stands for (CV2), or the key was used for something else (CV3).
 * A text that is gone, deleted or unreadable, cannot be compared: the key is taken at its word.
 */
export function repeats(command: ConversationCommand, first: ConversationEvent): boolean {
  if (first.type !== eventOf[command.type]) return false;
  if ("messageId" in command && "messageId" in first)
    if (command.messageId !== first.messageId || command.version + 1 !== first.version) return false;
  return !("body" in command) || !("body" in first) || first.body === null || first.body === command.body;
}
