import type { ConversationEvent } from "#protocol/conversation.ts";
import type { Conversation, Member } from "./conversation.ts";
import { isPublic } from "./visible-to.ts";

/** The conversation after an event. The same function at both ends of the wire, so an event means the same to both. */
export function evolve(now: Conversation, event: ConversationEvent): Conversation {
  // Told twice, or late after a page: its effect is already here, and may have been undone since.
  if (event.seq <= now.head) return now;
  const next = {
    ...now,
    head: event.seq,
    publicHead: isPublic(event) ? event.seq : now.publicHead,
    lastAt: Math.max(now.lastAt, event.at),
  };
  switch (event.type) {
    case "conversation.closed":
      return { ...next, status: "closed" };
    case "conversation.reopened":
      return { ...next, status: "open" };
    case "member.joined":
      return withMember(next, { id: event.by.id, side: "staff", name: event.name, joined: true });
    case "member.left":
      return withMember(next, { id: event.by.id, side: "staff", name: event.name, joined: false });
    case "conversation.opened":
    case "message.posted":
    case "note.posted":
    case "message.edited":
    case "message.deleted":
      return next;
  }
}

const withMember = (now: Conversation, member: Member): Conversation => ({
  ...now,
  members: new Map(now.members).set(member.id, member),
});
