import type { ConversationEvent, Frame } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";

/** Whether an event is for everybody in the conversation or for our side of the desk only. */
export function isPublic(event: ConversationEvent): boolean {
  switch (event.type) {
    case "note.posted":
      return false;
    case "message.edited":
    case "message.deleted":
      return !event.note;
    case "conversation.opened":
    case "message.posted":
    case "member.joined":
    case "member.left":
    case "conversation.closed":
    case "conversation.reopened":
      return true;
  }
}

export const visibleTo = (side: Side, event: ConversationEvent): boolean => side === "staff" || isPublic(event);

/**
 * Frames for one side: each carries the number of the visible event before it.
 * @param after number of the newest event visible to this side before the first of `events`
 */
export function framesFor(side: Side, after: number, events: readonly ConversationEvent[]): readonly Frame[] {
  const frames: Frame[] = [];
  let before = after;
  for (const event of events) {
    if (!visibleTo(side, event)) continue;
    frames.push({ after: before, event });
    before = event.seq;
  }
  return frames;
}
