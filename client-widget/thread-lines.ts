import type { ViewLine } from "#client-sdk/view-line.ts";
import type { MessageAction, MessageLine, SendState, ThreadLine } from "#client-ui/thread/thread-item.ts";
import { refusals } from "#protocol/refusals.ts";
import { words } from "./words.ts";

type MessageView = Extract<ViewLine, { kind: "message" | "note" }>;
type TurnView = Exclude<ViewLine, MessageView>;

const made = new WeakMap<ViewLine, ThreadLine | null>();

/** Lines of a session as a customer's thread draws them. A line that has not changed keeps its identity. */
export const threadLines = (lines: readonly ViewLine[]): ThreadLine[] => lines.map(asThreadLine).filter((line) => line !== null);

function asThreadLine(line: ViewLine): ThreadLine | null {
  const known = made.get(line);
  if (known !== undefined) return known;
  const drawn = line.kind === "message" || line.kind === "note" ? messageLine(line) : turnLine(line);
  made.set(line, drawn);
  return drawn;
}

function messageLine(line: MessageView): MessageLine {
  const refused = line.problem ? refusals[line.problem].say : undefined;
  return {
    kind: line.kind,
    id: line.key,
    at: line.at,
    author: { id: line.by.id, name: line.name, side: line.by.side === "customer" ? "customer" : "staff" },
    own: line.own,
    body: line.body,
    state: sendState(line),
    problem: line.state === "failed" ? refused : line.late ? words.lateSaving : undefined,
    mayRetry: line.mayRetry,
    edited: line.edited,
    deletedBy: line.deletedBy ?? undefined,
    may: actions(line),
  };
}

function sendState({ state }: MessageView): SendState | undefined {
  if (state === null) return undefined;
  return state === "failed" ? "not_saved" : state;
}

function actions(line: MessageView): readonly MessageAction[] {
  if (line.body === null || line.deletedBy !== null) return [];
  return line.own && line.id !== "" && line.state !== "failed" ? ["edit", "copy", "delete"] : ["copy"];
}

function turnLine(line: TurnView): ThreadLine | null {
  const text = turnText(line);
  return text === null ? null : { kind: "system", id: line.key, at: line.at, text };
}

function turnText(line: TurnView): string | null {
  switch (line.kind) {
    case "opened":
      return null; // The customer knows that they began.
    case "joined":
      return words.joined(line.name);
    case "left":
      return words.left(line.name);
    case "closed":
      return words.closed;
    case "reopened":
      return words.reopened;
  }
}
