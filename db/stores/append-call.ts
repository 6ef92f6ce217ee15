import type { Append, Appended } from "#core/ports/conversation-log.ts";
import type { ConversationEvent } from "#protocol/conversation.ts";
import { isPublic } from "#core/conversation/visible-to.ts";
import type { Door } from "../open.ts";
import { heldUp, type HeldUp, type Lane } from "./group-commit.ts";

/** An append whose texts are sealed: nothing readable waits in a queue. */
export type SealedAppend = Append & {
  readonly orgId: string;
  /** Body or name of each event, in the order of `events`; `null` where it has none. */
  readonly sealed: readonly (Buffer | null)[];
};

/** A duplicate's event is looked up afterwards. */
export type Verdict = Appended["outcome"];

/** The function's own walls refused the append: whoever decided it had not known better. Nothing was kept. */
export class RefusedByLog extends Error {
  override readonly name = "RefusedByLog";
}

const verdicts: Readonly<Record<string, Verdict>> = { k: "kept", d: "duplicate", f: "fenced", b: "behind" };
const walls: Readonly<Record<string, string>> = {
  n: "its numbers or times do not follow the head",
  x: "an event of no known kind, or without its text",
  a: "its author is nobody in this conversation",
  r: "this side may not do that",
  c: "the conversation is closed",
  s: "the conversation has that status already",
  m: "its author has not joined",
  t: "its target is not there, was changed meanwhile, or is not theirs",
};

/** Calls `append_events`, the only writer of the log. */
export function appendLane(door: Pick<Door, "call">): Lane<SealedAppend, Verdict | RefusedByLog> {
  const call = async (appends: readonly SealedAppend[], wait: boolean) => {
    const [row] = await door.call<{ letters: string }>(statement, argumentsOf(appends, wait));
    if (row?.letters.length !== appends.length) throw new Error("append_events did not judge each append");
    return [...row.letters].map(outcomeOf);
  };
  return {
    keyOf: ({ conversationId }) => conversationId,
    many: (appends) => call(appends, false),
    one: async (append) => {
      const [outcome] = await call([append], true);
      if (outcome === undefined || outcome === heldUp) throw new Error("append_events did not wait");
      return outcome;
    },
  };
}

const statement = `select roomdesk.append_events($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16) as letters`;

export function outcomeOf(letter: string): Verdict | RefusedByLog | HeldUp {
  if (letter === "h") return heldUp;
  return verdicts[letter] ?? new RefusedByLog(`The log refused an append: ${walls[letter] ?? letter}`);
}

export const argumentsOf = (appends: readonly SealedAppend[], wait: boolean): unknown[] => [...columns(appends), wait];

/** One array per column, the events of an append next to each other. */
function columns(appends: readonly SealedAppend[]): unknown[][] {
  const rows: unknown[][] = [];
  appends.forEach(({ conversationId, epoch, expectedHead, events, sealed }, i) => {
    events.forEach((event, j) =>
      rows.push([i + 1, conversationId, epoch, expectedHead, ...cells(event), sealed[j] ?? null]),
    );
  });
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]));
}

const cells = (event: ConversationEvent): unknown[] => [
  event.seq,
  event.id,
  event.type,
  event.by.side,
  event.by.id,
  event.clientId,
  event.at,
  "messageId" in event ? event.messageId : null,
  "version" in event ? event.version : null,
  !isPublic(event),
];
