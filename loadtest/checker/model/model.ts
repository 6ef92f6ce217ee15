import type { LineOf } from "../../history/lines.ts";
import { Conversation } from "./conversation.ts";
import type { Gathered, Noticed } from "./gather.ts";
import type { Press, Receipt, Screen, Viewing } from "./screens.ts";
import { pressesOf, pressName, receiptsOf, screensOf, viewingsOf } from "./screens-of.ts";

export type PhaseName = LineOf<"phase">["phase"];

/** A run as the rules read it. Built once, changed by nobody. */
export type Model = {
  readonly run: LineOf<"run"> | undefined;
  readonly did: readonly Noticed<"did">[];
  /** When each phase of the end was reached. */
  readonly phases: ReadonlyMap<PhaseName, number>;
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly screens: ReadonlyMap<string, Screen>;
  readonly presses: readonly Press[];
  readonly pressOf: (conversation: string, author: string, key: string) => Press | undefined;
  readonly viewings: readonly Viewing[];
  /** By conversation, in the order of time. */
  readonly receipts: ReadonlyMap<string, readonly Receipt[]>;
  /** Whether nodes wrote histories too: without them the time of a commit is unknown. */
  readonly hasNodes: boolean;
  readonly isDumped: boolean;
  readonly all: Gathered;
};

export function modelOf(all: Gathered): Model {
  const names = new Map(all.of("named").map(({ line }) => [line.from, line.conversation]));
  const screens = screensOf(all);
  const conversations = conversationsOf(all);
  const presses = pressesOf(all, { names, screens, conversations });
  return {
    run: all.of("run")[0]?.line,
    did: all.of("did"),
    phases: new Map(all.of("phase").map(({ line }) => [line.phase, line.t])),
    conversations,
    screens,
    presses: [...presses.values()],
    pressOf: (conversation, author, key) => presses.get(pressName(conversation, author, key)),
    viewings: viewingsOf(all, { names, screens }),
    receipts: receiptsOf(all, screens),
    hasNodes: all.of("node").length > 0,
    isDumped: all.of("dump.end").some(({ line }) => line.events === all.of("kept.event").length),
    all,
  };
}

function conversationsOf(all: Gathered): Map<string, Conversation> {
  const found = new Map<string, Conversation>();
  const at = (id: string): Conversation => {
    const known = found.get(id) ?? new Conversation(id);
    found.set(id, known);
    return known;
  };
  for (const one of all.of("kept.conversation")) at(one.line.conversation).kept = one;
  const log = all.of("kept.event").sort((a, b) => a.line.event.seq - b.line.event.seq);
  for (const one of log) at(one.line.conversation).keep(one);
  for (const one of all.of("kept.message")) at(one.line.conversation).messages.push(one);
  for (const one of all.of("kept.read")) at(one.line.conversation).reads.push(one);
  for (const one of all.of("release")) at(one.line.conversation).releases.push(one);
  for (const one of all.of("tell")) at(one.line.conversation).tells.push(one);
  for (const one of all.of("answer")) at(one.line.conversation).answers.push(one);
  for (const one of all.of("seen")) at(one.line.conversation).commits.seen(one.line.t, one.line.upTo);
  for (const one of all.of("claim")) {
    at(one.line.conversation).claims.push(one);
    at(one.line.conversation).commits.seen(one.line.t, one.line.head);
  }
  addAppends(all, at);
  return found;
}

function addAppends(all: Gathered, at: (id: string) => Conversation): void {
  const ends = new Map(all.of("appended").map((one) => [`${one.line.who} ${one.line.call}`, one]));
  for (const asked of all.of("append")) {
    const { conversation, who, call, events } = asked.line;
    const end = ends.get(`${who} ${call}`);
    const one = at(conversation);
    one.appends.push({ asked, end });
    const upTo = end?.line.outcome === "kept" ? events.at(-1)?.seq : end?.line.seq;
    if (end && upTo !== undefined) one.commits.seen(end.line.t, upTo);
  }
}
