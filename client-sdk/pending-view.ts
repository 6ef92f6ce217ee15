import type { ConversationCommand } from "#protocol/conversation.ts";
import type { Author } from "#protocol/people.ts";
import type { RefusalCode } from "#protocol/refusals.ts";
import type { Pending } from "./pending-rows.ts";
import type { MessageView, Self, SendState } from "./view-line.ts";

/** Sending these again changes nothing about why they were refused. */
const pointless: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  "invalid_message",
  "empty_message",
  "too_large",
  "unreadable_text",
  "key_reused",
  "not_yours",
  "message_deleted",
  "files_not_accepted",
]);

export type Waiting = Pick<MessageView, "late" | "problem" | "mayRetry"> & { readonly state: SendState };

/** How an unsaved row stands. */
export function waitingOf({ row, ack, late, problem }: Pending, isOffline: boolean): Waiting {
  const refused = row.parked;
  if (refused) return { state: "failed", late: false, problem: refused, mayRetry: !pointless.has(refused) };
  if (ack) return { state: "saved", late: false, problem: null, mayRetry: false };
  // Offline nothing is late: there is nobody who could have answered.
  return { state: late || isOffline ? "kept" : "sending", late: late && !isOffline, problem, mayRetry: false };
}

/** The bubble of a message or note that is not in the log yet; `undefined` for other commands. */
export function bubbleOf(pending: Pending, self: Self, isOffline: boolean): MessageView | undefined {
  const { row, ack } = pending;
  const { command } = row;
  if (!isPost(command)) return undefined;
  const { state, late, problem, mayRetry } = waitingOf(pending, isOffline);
  return {
    kind: command.type === "note.post" ? "note" : "message",
    key: command.clientId,
    id: ack?.id ?? "",
    seq: ack?.seq ?? null,
    at: ack?.at ?? row.at,
    by: authorOf(self),
    name: self.name,
    own: true,
    body: command.body,
    version: 1,
    edited: false,
    deletedBy: null,
    state,
    late,
    problem,
    mayRetry,
    draft: null,
  };
}

export type Post = Extract<ConversationCommand, { type: "message.send" | "note.post" }>;
export type Change = Extract<ConversationCommand, { type: "message.edit" | "message.delete" }>;
export const isPost = (command: ConversationCommand): command is Post =>
  command.type === "message.send" || command.type === "note.post";
export const isChange = (command: ConversationCommand): command is Change =>
  command.type === "message.edit" || command.type === "message.delete";

const authorOf = (self: Self): Author => ({ side: self.side, id: self.side === "staff" ? self.id : "" });
