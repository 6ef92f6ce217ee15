import type { MessageView, TurnView, ViewLine } from "#client-sdk/view-line.ts";
import { refusals } from "#protocol/refusals.ts";
import { say } from "../words/words.ts";
import type { MessageAction, MessageLine, SendState, ThreadLine } from "./thread-item.ts";

export type ThreadOptions = {
  /** What to say where the conversation began; nothing without it. */
  readonly opened?: string;
  /** This reader may delete what others wrote. */
  readonly moderates?: boolean;
};

/**
 * Turns a session's lines into a thread's. A line that has not changed keeps its identity, so that 50,000 of them cost
 * one look each.
 */
export function threadLines(options: ThreadOptions = {}): (lines: readonly ViewLine[]) => readonly ThreadLine[] {
  const made = new WeakMap<ViewLine, ThreadLine | "nothing">();
  const drawn = (line: ViewLine): ThreadLine | "nothing" => {
    const known = made.get(line);
    if (known) return known;
    const fresh = isMessage(line) ? messageLine(line, options) : turnLine(line, options);
    made.set(line, fresh);
    return fresh;
  };
  return (lines) => lines.map(drawn).filter((line) => line !== "nothing");
}

const isMessage = (line: ViewLine): line is MessageView => line.kind === "message" || line.kind === "note";

function messageLine(line: MessageView, options: ThreadOptions): MessageLine {
  return {
    kind: line.kind,
    id: line.key,
    at: line.at,
    author: { id: line.by.id, name: line.name, side: line.by.side === "customer" ? "customer" : "staff" },
    own: line.own,
    body: line.draft ?? line.body, // a refused edit keeps its text in sight until it is retried or discarded
    state: sendState(line),
    problem: problemOf(line),
    mayRetry: line.mayRetry,
    edited: line.edited,
    deletedBy: line.deletedBy === line.name ? "" : (line.deletedBy ?? undefined),
    may: actions(line, options),
  };
}

function sendState({ state }: MessageView): SendState | undefined {
  if (state === null) return undefined;
  return state === "failed" ? "not_saved" : state;
}

function problemOf(line: MessageView): string | undefined {
  if (line.state === "failed" && line.problem) return refusals[line.problem].say;
  return line.late ? say("lateSaving") : undefined;
}

function actions(line: MessageView, { moderates }: ThreadOptions): readonly MessageAction[] {
  if (line.body === null || line.deletedBy !== null) return [];
  const saved = line.id !== "" && line.state !== "failed";
  if (line.own) return saved ? ["edit", "copy", "delete"] : ["copy"];
  return moderates ? ["copy", "delete"] : ["copy"];
}

function turnLine(line: TurnView, { opened }: ThreadOptions): ThreadLine | "nothing" {
  const text = line.kind === "opened" ? opened : say(line.kind, { name: line.name });
  return text ? { kind: "system", id: line.key, at: line.at, text } : "nothing";
}
