import type { ConversationEvent, Line } from "#protocol/conversation.ts";
import type { Author } from "#protocol/people.ts";
import type { Keyring } from "../cipher/keyring.ts";
import type { chatEvents, chatMessages } from "../schema/conversation.ts";
import { openBody, openName, type TextScope } from "./event-texts.ts";

export type EventRow = Omit<typeof chatEvents.$inferSelect, "orgId" | "conversationId">;
export type MessageRow = typeof chatMessages.$inferSelect;

/** The event as it is told. `gone`: its message was deleted, so its text is not told any more (CV10). */
export async function eventOf(
  keyring: Keyring,
  scope: TextScope,
  row: EventRow,
  gone: boolean,
): Promise<ConversationEvent> {
  const { seq, at, id, clientId } = row;
  const told = { seq, at, id, by: { side: row.authorSide, id: row.authorId }, clientId };
  const body = () => (gone ? Promise.resolve(null) : openBody(keyring, scope, id, row.version ?? 1, row.sealed));
  const target = () => ({
    messageId: row.messageId ?? "",
    version: row.version ?? 1,
    note: row.visibility === "internal",
  });
  switch (row.type) {
    case "message.posted":
    case "note.posted":
      return { ...told, type: row.type, body: await body() };
    case "message.edited":
      return { ...told, type: row.type, ...target(), body: await body() };
    case "message.deleted":
      return { ...told, type: row.type, ...target() };
    case "member.joined":
    case "member.left":
      return { ...told, type: row.type, name: await openName(keyring, scope, id, row.sealed) };
    case "conversation.opened":
    case "conversation.closed":
    case "conversation.reopened":
      return { ...told, type: row.type };
    default:
      throw new Error(`The log holds an event of no known kind: ${row.type}`);
  }
}

/** The line as it now reads. */
export async function lineOf(
  keyring: Keyring,
  scope: TextScope,
  row: EventRow,
  message: MessageRow | null,
): Promise<Line> {
  const { seq, at, id, clientId } = row;
  const by: Author = { side: row.authorSide, id: row.authorId };
  if (message)
    return {
      kind: row.type === "note.posted" ? "note" : "message",
      ...{ seq, at, id, clientId, by },
      body: await openBody(keyring, scope, message.sealedEvent, message.version, message.sealed),
      version: message.version,
      editedAt: message.editedAt,
      deleted: deletionOf(message),
    };
  const name = row.sealed ? await openName(keyring, scope, id, row.sealed) : "";
  return { kind: turnKind(row.type), seq, at, id, by, name };
}

const deletionOf = ({ deletedAt, deletedBySide, deletedBy }: MessageRow) =>
  deletedAt !== null && deletedBySide && deletedBy
    ? { at: deletedAt, by: { side: deletedBySide, id: deletedBy } }
    : null;

type TurnKind = Exclude<Line["kind"], "message" | "note">;
const turns: Readonly<Record<string, TurnKind>> = {
  "conversation.opened": "opened",
  "conversation.closed": "closed",
  "conversation.reopened": "reopened",
  "member.joined": "joined",
  "member.left": "left",
};

function turnKind(type: string): TurnKind {
  const kind = turns[type];
  if (!kind) throw new Error(`The log holds an event that is no line: ${type}`);
  return kind;
}
