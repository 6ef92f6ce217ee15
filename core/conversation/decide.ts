import type { ConversationCommand, ConversationEvent } from "#protocol/conversation.ts";
import type { Author, Person } from "#protocol/people.ts";
import { refuse, type Refusal } from "#protocol/refusals.ts";
import { may, mayChange, type ConversationAction } from "../permissions.ts";
import { refuseText } from "../text.ts";
import type { Conversation, MessageFacts } from "./conversation.ts";

/** What the world gives to a decision, so that the rules have no clock and no dice. */
export type Circumstances = {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Fresh uuids; one is used per event. */
  readonly newId: () => string;
  /** The message that an edit or deletion names; `undefined` when there is none in this conversation. */
  readonly target?: MessageFacts | undefined;
};

const actionOf = {
  "message.send": "write",
  "note.post": "note",
  "message.edit": "read",
  "message.delete": "read",
  "conversation.join": "join",
  "conversation.leave": "leave",
  "conversation.close": "close",
  "conversation.reopen": "reopen",
} as const satisfies Record<ConversationCommand["type"], ConversationAction>;

type Draft = ConversationEvent extends infer E
  ? E extends ConversationEvent
    ? Omit<E, "seq" | "at" | "id" | "by" | "clientId">
    : never
  : never;

/**
 * The rules of a conversation: what follows from a command, or why nothing does. Pure: the events still have to be kept
 * before anybody is told of them. Idempotency (CV2, CV3) is the log's, because it must survive the room.
 */
export function decide(
  now: Conversation,
  by: Person,
  command: ConversationCommand,
  world: Circumstances,
): readonly ConversationEvent[] | Refusal {
  if (!may(by, actionOf[command.type], now)) return refuse(may(by, "read", now) ? "forbidden" : "not_found");
  const drafts = draft(now, by, command, world.target);
  return "refused" in drafts ? drafts : numbered(now, by, command.clientId, drafts, world);
}

function draft(
  now: Conversation,
  by: Person,
  command: ConversationCommand,
  target: MessageFacts | undefined,
): readonly Draft[] | Refusal {
  switch (command.type) {
    case "message.send":
      return post(now, by, command.body);
    case "note.post":
      return refuseText(command.body) ?? [{ type: "note.posted", body: command.body }];
    case "message.edit":
    case "message.delete":
      return change(now, by, command, target);
    case "conversation.join":
      return isJoined(now, by) ? refuse("already_joined") : [{ type: "member.joined", name: by.name }];
    case "conversation.leave":
      return isJoined(now, by) ? [{ type: "member.left", name: by.name }] : refuse("not_joined");
    case "conversation.close":
      return now.status === "closed" ? refuse("already_closed") : [{ type: "conversation.closed" }];
    case "conversation.reopen":
      return now.status === "open" ? refuse("already_open") : [{ type: "conversation.reopened" }];
  }
}

function post(now: Conversation, by: Person, body: string): readonly Draft[] | Refusal {
  if (now.status === "closed") return refuse("conversation_closed");
  const refused = refuseText(body);
  if (refused) return refused;
  const said: Draft = { type: "message.posted", body };
  return by.side === "staff" && !isJoined(now, by) ? [{ type: "member.joined", name: by.name }, said] : [said];
}

type Change = Extract<ConversationCommand, { type: "message.edit" | "message.delete" }>;

function change(
  now: Conversation,
  by: Person,
  command: Change,
  target: MessageFacts | undefined,
): readonly Draft[] | Refusal {
  if (!target || (target.note && by.side === "customer")) return refuse("not_found");
  if (now.status === "closed" && !target.note) return refuse("conversation_closed");
  if (!mayChange(by, command.type === "message.edit" ? "edit" : "delete", target)) return refuse("not_yours");
  if (target.deleted) return refuse("message_deleted");
  if (target.version !== command.version) return refuse("version_conflict");
  const changed = { messageId: target.id, version: target.version + 1, note: target.note };
  if (command.type === "message.delete") return [{ type: "message.deleted", ...changed }];
  return refuseText(command.body) ?? [{ type: "message.edited", ...changed, body: command.body }];
}

const isJoined = (now: Conversation, by: Person): boolean => now.members.get(by.id)?.joined ?? false;

function numbered(
  now: Conversation,
  by: Person,
  clientId: string,
  drafts: readonly Draft[],
  world: Circumstances,
): readonly ConversationEvent[] {
  const author: Author = { side: by.side, id: by.id };
  const at = Math.max(world.at, now.lastAt);
  const last = drafts.length - 1;
  return drafts.map((d, i) => {
    const id = world.newId();
    // Only the event that the person asked for carries their key; one that comes along has a key of its own.
    return { ...d, seq: now.head + 1 + i, at, id, by: author, clientId: i === last ? clientId : id };
  });
}
