import type { ConversationCommand, ConversationEvent } from "#protocol/conversation.ts";

/** Whether a kept event is what this command asked for: a key stands for one content only (CV3). */
export function isSame(command: ConversationCommand, event: ConversationEvent): boolean {
  switch (command.type) {
    case "message.send":
      return event.type === "message.posted" && isSameText(command.body, event.body);
    case "note.post":
      return event.type === "note.posted" && isSameText(command.body, event.body);
    case "message.edit":
      return event.type === "message.edited" && isSameChange(command, event) && isSameText(command.body, event.body);
    case "message.delete":
      return event.type === "message.deleted" && isSameChange(command, event);
    case "conversation.join":
      return event.type === "member.joined";
    case "conversation.leave":
      return event.type === "member.left";
    case "conversation.close":
      return event.type === "conversation.closed";
    case "conversation.reopen":
      return event.type === "conversation.reopened";
  }
}

/** A text that is gone (deleted since, or unreadable) can no longer be compared; the key is still theirs. */
const isSameText = (asked: string, kept: string | null): boolean => kept === null || kept === asked;

const isSameChange = (
  asked: { readonly messageId: string; readonly version: number },
  kept: { readonly messageId: string; readonly version: number },
): boolean => kept.messageId === asked.messageId && kept.version === asked.version + 1;
