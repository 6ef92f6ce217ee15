import type { Author, Person } from "#protocol/people.ts";

/** What a conversation's rights depend on. */
export type ConversationSubject = { readonly customerAuthor: string };
export type MessageSubject = { readonly by: Author };

export type ConversationAction = "read" | "write" | "note" | "join" | "leave" | "close" | "reopen" | "watch";
export type MessageAction = "edit" | "delete";

/** May this person do that to this conversation? The only place that decides; row-level security is the second wall. */
export function may(person: Person, action: ConversationAction, subject: ConversationSubject): boolean {
  if (person.side === "staff") return true;
  const own = person.id === subject.customerAuthor;
  return own && (action === "read" || action === "write" || action === "reopen");
}

/** May this person change that message? */
export function mayChange(person: Person, action: MessageAction, message: MessageSubject): boolean {
  if (message.by.id === person.id && message.by.side === person.side) return true;
  return action === "delete" && person.side === "staff" && person.role !== "agent";
}
