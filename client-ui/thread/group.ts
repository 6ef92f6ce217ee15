import type { MessageItem, MessageLine, ThreadItem, ThreadLine } from "./thread-item.ts";

/** Pauses longer than this begin a new group, so that its foot says the time again. */
export const groupPauseMs = 5 * 60_000;

export type GroupOptions = {
  /** Id of the first line that was unread when the conversation was opened; stays until it is left. */
  readonly newFrom?: string | null | undefined;
};

/** Lines, oldest first, as rows: date lines, the new-messages divider, and bubbles that know their place in a group. */
export function group(lines: readonly ThreadLine[], options: GroupOptions = {}): readonly ThreadItem[] {
  const items: ThreadItem[] = [];
  let day = "";
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as ThreadLine;
    const today = dayOf(line.at);
    if (today !== day) items.push({ kind: "date", id: `date ${(day = today)}`, at: line.at });
    const count = line.id === options.newFrom ? foreign(lines, index) : 0;
    if (count > 0) items.push({ kind: "new", id: "new", count });
    if (line.kind === "system") items.push({ kind: "system", id: line.id, line });
    else items.push(placed(line, lines[index - 1], lines[index + 1], options.newFrom));
  }
  return items;
}

function placed(
  line: MessageLine,
  before: ThreadLine | undefined,
  after: ThreadLine | undefined,
  newFrom: string | null | undefined,
): MessageItem {
  const first = !together(before, line, newFrom);
  const last = !together(line, after, newFrom);
  const differs = line.own && !last && after?.kind === "message" && after.state !== line.state;
  return { kind: "message", id: line.id, line, first, last, differs };
}

function together(one: ThreadLine | undefined, next: ThreadLine | undefined, newFrom?: string | null): boolean {
  if (one?.kind !== "message" || next?.kind !== "message") return false; // a note stands alone, with its own head
  return (
    one.own === next.own &&
    (one.own || one.author.id === next.author.id) && // what is not saved yet has no author's id
    next.id !== newFrom &&
    next.at - one.at <= groupPauseMs &&
    dayOf(one.at) === dayOf(next.at)
  );
}

/** New for the reader is what somebody else wrote; their own answers do not count. */
function foreign(lines: readonly ThreadLine[], from: number): number {
  let count = 0;
  for (let index = from; index < lines.length; index++) {
    const line = lines[index];
    if (line && line.kind !== "system" && !line.own) count++;
  }
  return count;
}

/** The reader's calendar day: date lines follow the wall clock of who looks. */
function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
