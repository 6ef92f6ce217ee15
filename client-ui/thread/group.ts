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
  const dayOf = calendar();
  const joined = (one: ThreadLine | undefined, next: ThreadLine | undefined) =>
    together(one, next) && next?.id !== options.newFrom && dayOf(one?.at ?? 0) === dayOf(next?.at ?? 0);
  let day: number | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as ThreadLine;
    const today = dayOf(line.at);
    if (today !== day) items.push({ kind: "date", id: `date ${(day = today)}`, at: line.at });
    const count = line.id === options.newFrom ? foreign(lines, index) : 0;
    if (count > 0) items.push({ kind: "new", id: "new", count });
    if (line.kind === "system") items.push({ kind: "system", id: line.id, line });
    else items.push(placed(line, lines[index - 1], lines[index + 1], joined));
  }
  return items;
}

type Joined = (one: ThreadLine | undefined, next: ThreadLine | undefined) => boolean;

function placed(
  line: MessageLine,
  before: ThreadLine | undefined,
  after: ThreadLine | undefined,
  joined: Joined,
): MessageItem {
  const last = !joined(line, after);
  const differs = line.own && !last && after?.kind === "message" && after.state !== line.state;
  return { kind: "message", id: line.id, line, first: !joined(before, line), last, differs };
}

function together(one: ThreadLine | undefined, next: ThreadLine | undefined): boolean {
  if (one?.kind !== "message" || next?.kind !== "message") return false; // a note stands alone, with its own head
  return (
    one.own === next.own &&
    (one.own || one.author.id === next.author.id) && // what is not saved yet has no author's id
    next.at - one.at <= groupPauseMs
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

/** When the reader's own day began, by the wall clock of who looks. Asks the clock once per day, not once per line. */
function calendar(): (at: number) => number {
  let [from, to] = [0, 0];
  return (at) => {
    if (at < from || at >= to) {
      from = new Date(at).setHours(0, 0, 0, 0);
      to = new Date(at).setHours(24, 0, 0, 0);
    }
    return from;
  };
}
