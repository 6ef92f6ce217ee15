import type { ConversationEvent, Line } from "#protocol/conversation.ts";

/**
 * The lines after some more events, in order of their numbers. Returns the same array when nothing changed. Events that
 * the lines already show (a page may be ahead of the frames) change nothing; changes of lines that are not loaded are
 * left to the page that will load them.
 */
export function fold(lines: readonly Line[], events: readonly ConversationEvent[]): readonly Line[] {
  let next: Line[] | undefined;
  const copy = () => (next ??= [...lines]);
  for (const event of events) {
    const fresh = asLine(event);
    if (fresh) {
      if (indexOfSeq(next ?? lines, fresh.seq) < 0) insert(copy(), fresh);
    } else {
      const at = indexOfMessage(next ?? lines, event);
      const line = at < 0 ? undefined : (next ?? lines)[at];
      const changed = line && applied(line, event);
      if (changed && changed !== line) copy()[at] = changed;
    }
  }
  return next ?? lines;
}

/** Lines of an older page put before the ones at hand; a line in both is kept as the newer version of it. */
export function prepend(lines: readonly Line[], older: readonly Line[]): readonly Line[] {
  const first = lines[0]?.seq ?? Number.POSITIVE_INFINITY;
  const before = older.filter((line) => line.seq < first);
  return before.length === 0 ? lines : [...before, ...lines];
}

/** The line an event begins, or `undefined` when it changes one that is there. */
export function asLine(event: ConversationEvent): Line | undefined {
  const { seq, at, id, by, clientId } = event;
  switch (event.type) {
    case "message.posted":
      return {
        kind: "message",
        seq,
        at,
        id,
        clientId,
        by,
        body: event.body,
        version: 1,
        editedAt: null,
        deleted: null,
      };
    case "note.posted":
      return { kind: "note", seq, at, id, clientId, by, body: event.body, version: 1, editedAt: null, deleted: null };
    case "conversation.opened":
      return { kind: "opened", seq, at, id, by, name: "" };
    case "conversation.closed":
      return { kind: "closed", seq, at, id, by, name: "" };
    case "conversation.reopened":
      return { kind: "reopened", seq, at, id, by, name: "" };
    case "member.joined":
      return { kind: "joined", seq, at, id, by, name: event.name };
    case "member.left":
      return { kind: "left", seq, at, id, by, name: event.name };
    case "message.edited":
    case "message.deleted":
      return undefined;
  }
}

function applied(line: Line, event: ConversationEvent): Line {
  if (!("version" in line) || !("version" in event) || event.version <= line.version) return line;
  if (event.type === "message.deleted")
    return { ...line, body: null, version: event.version, deleted: { by: event.by, at: event.at } };
  return { ...line, body: event.body, version: event.version, editedAt: event.at };
}

function indexOfMessage(lines: readonly Line[], event: ConversationEvent): number {
  if (!("messageId" in event)) return -1;
  // Changes are mostly of recent lines, so from the end.
  return lines.findLastIndex((line) => line.id === event.messageId);
}

function indexOfSeq(lines: readonly Line[], seq: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = lines[middle]?.seq ?? 0;
    if (found === seq) return middle;
    if (found < seq) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function insert(lines: Line[], line: Line): void {
  if ((lines.at(-1)?.seq ?? 0) < line.seq) lines.push(line);
  else
    lines.splice(
      lines.findIndex((other) => other.seq > line.seq),
      0,
      line,
    );
}
