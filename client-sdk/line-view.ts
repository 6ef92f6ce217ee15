import type { Line } from "#protocol/conversation.ts";
import type { Author } from "#protocol/people.ts";
import { isChange, waitingOf } from "./pending-view.ts";
import type { Pending } from "./pending-rows.ts";
import { isOwn, type MessageView, type Self, type SendState, type TurnView, type ViewLine } from "./view-line.ts";

/** How far the other side has got. */
export type Marks = { readonly delivered: number; readonly read: number };

/** What the look of a line depends on besides the line itself. */
export type LookOf = {
  readonly self: Self;
  readonly marks: Marks;
  readonly names: ReadonlyMap<string, string>;
  /** Edits and deletions on their way, by message. */
  readonly changes: ReadonlyMap<string, Pending>;
  readonly isOffline: boolean;
};

export function viewOf(line: Line, look: LookOf): ViewLine {
  return "version" in line ? messageView(line, look) : turnView(line, look);
}

function turnView({ kind, seq, at, id, by, name }: Extract<Line, { name: string }>, look: LookOf): TurnView {
  return { kind, key: id, seq, at, by, name: name || nameOf(by, look), own: isOwn(look.self, by) };
}

function messageView(line: Extract<Line, { version: number }>, look: LookOf): MessageView {
  const { kind, seq, at, id, by, body, version, deleted } = line;
  const own = isOwn(look.self, by);
  return {
    kind,
    // The author's own key keeps the bubble when the event replaces it; anybody could use that key, so others' lines do not.
    key: own ? line.clientId : id,
    id,
    seq,
    at,
    by,
    name: nameOf(by, look),
    own,
    body,
    version,
    edited: line.editedAt !== null,
    deletedBy: deleted && nameOf(deleted.by, look),
    state: own ? ticks(line, look.marks) : null,
    late: false,
    problem: null,
    mayRetry: false,
    draft: null,
    ...changing(look.changes.get(id), look.isOffline),
  };
}

/** An edit shows at once; refused, the old text comes back and the new one is kept beside it. */
function changing(change: Pending | undefined, isOffline: boolean): Partial<MessageView> {
  if (!change || !isChange(change.row.command)) return {};
  const waiting = waitingOf(change, isOffline);
  if (change.row.command.type === "message.delete") return waiting;
  const { body } = change.row.command;
  return change.row.parked ? { ...waiting, draft: body } : { ...waiting, body, edited: true };
}

/** Nobody on the other side ever reads a note, however far they have got. */
export const ticks = ({ kind, seq }: Line, { delivered, read }: Marks): SendState =>
  kind === "note" ? "saved" : seq <= read ? "read" : seq <= delivered ? "delivered" : "saved";

const nameOf = (by: Author, { self, names }: LookOf): string =>
  isOwn(self, by) && self.name ? self.name : (names.get(by.id) ?? "");
