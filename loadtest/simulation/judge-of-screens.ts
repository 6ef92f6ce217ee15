import { fold } from "#core/conversation/transcript.ts";
import { visibleTo } from "#core/conversation/visible-to.ts";
import type { KeptConversation } from "#core/memory/memory-desk.ts";
import type { ConversationEvent, Line } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";
import type { ViewLine } from "#client-sdk/view-line.ts";
import type { Findings } from "./findings.ts";

/** What a person has in front of them. */
export type Screen = {
  readonly name: string;
  readonly side: Side;
  readonly messages: readonly ViewLine[];
  readonly hasOlder: boolean;
};

/** What it has not said yet. */
export type Silence = {
  readonly name: string;
  /** For how long the oldest unanswered message has said no more than "sending". */
  readonly sendingMs: number;
  /** For how long it has called a dead wire online. */
  readonly deafMs: number;
};

/** Three seconds, and a moment for what was due in it. */
const sayLateWithinMs = 3050;
const noticeSilenceWithinMs = 11_050;

/** What people see: a prefix without holes of what they may see, nothing twice, and nothing called what it is not. */
export class JudgeOfScreens {
  readonly #findings: Findings;
  readonly #kept: () => KeptConversation;
  #folded: { readonly of: readonly ConversationEvent[]; readonly lines: Record<Side, readonly Line[]> } | undefined;

  constructor(findings: Findings, kept: () => KeptConversation) {
    this.#findings = findings;
    this.#kept = kept;
  }

  /** At any moment. */
  look(screen: Screen): void {
    const { name, messages, side } = screen;
    const lines = this.#lines(side);
    const from = lines.findIndex(({ seq }) => seq === messages[0]?.seq);
    const end = messages.findIndex((line, at) => from < 0 || line.seq !== lines[from + at]?.seq);
    const rest = end < 0 ? [] : messages.slice(end);
    this.#findings.holds("I7", rest.every(isBubble), () => `${name} sees ${seqs(messages)} of ${seqs(lines)}`);
    const keys = new Set(messages.map(({ key }) => key));
    this.#findings.holds(
      "I3",
      keys.size === messages.length,
      () => `${name} sees twice: ${messages.map(({ key }) => key).join(" ")}`,
    );
    for (const line of rest) this.#isHonest(name, line);
  }

  /** When time has gone by. */
  listen({ name, sendingMs, deafMs }: Silence): void {
    this.#findings.holds("I21", sendingMs <= sayLateWithinMs, () => `${name} reads "sending" for ${sendingMs} ms`);
    this.#findings.holds(
      "I21",
      deafMs <= noticeSilenceWithinMs,
      () => `${name} reads "online" for ${deafMs} ms on a dead wire`,
    );
  }

  /** Whether it shows everything as it is. */
  isComplete({ side, messages }: Pick<Screen, "side" | "messages">): boolean {
    const lines = this.#lines(side);
    const shown = messages.filter(({ seq }) => seq !== null);
    const skipped = lines.length - shown.length;
    return skipped >= 0 && shown.every((line, at) => plain(line) === plain(lines[skipped + at]));
  }

  conclude(screen: Screen): void {
    this.look(screen);
    const isAll =
      this.isComplete(screen) && (screen.hasOlder || screen.messages.length >= this.#lines(screen.side).length);
    this.#findings.holds("I6", isAll, () => {
      const lines = this.#lines(screen.side);
      return `${screen.name} ends with ${screen.messages.map(plain).join(" ")} instead of ${lines.map(plain).join(" ")}`;
    });
  }

  /** Called saved, so it is kept. */
  #isHonest(name: string, line: ViewLine): void {
    if (
      !("state" in line) ||
      !line.own ||
      (line.state !== "saved" && line.state !== "delivered" && line.state !== "read")
    )
      return;
    const isKept = this.#kept().events.some(({ id }) => id === line.id);
    this.#findings.holds("I4", isKept, () => `${name} reads "${line.state ?? ""}" at ${line.key}, which is not kept`);
  }

  #lines(side: Side): readonly Line[] {
    const { events } = this.#kept();
    if (this.#folded?.of !== events)
      this.#folded = { of: events, lines: { staff: linesOf(events, "staff"), customer: linesOf(events, "customer") } };
    return this.#folded.lines[side];
  }
}

const linesOf = (events: readonly ConversationEvent[], side: Side): readonly Line[] =>
  fold(
    [],
    events.filter((event) => visibleTo(side, event)),
  );

/** Mine, and not in the log, or acknowledged and its event not here yet. */
const isBubble = (line: ViewLine): boolean =>
  "state" in line && line.own && (line.seq === null || line.state === "saved");

const seqs = (lines: readonly { readonly seq: number | null }[]): string =>
  lines.map(({ seq }) => seq ?? "·").join(" ");

/** What a line and its view have in common. */
const plain = (line: Line | ViewLine | undefined): string =>
  line ? `${line.seq ?? "·"}${line.kind}${"version" in line ? `v${line.version}${line.body ?? ""}` : ""}` : "nothing";
