import type { EventFacts } from "../../history/shared-lines.ts";
import type { Noticed } from "./gather.ts";

/** How a message reads from the event `seq` on. */
export type Version = { readonly seq: number; readonly hash: string | null };
export type VisibleLine = { readonly event: EventFacts; readonly kind: string; readonly versions: readonly Version[] };

/** Kinds of lines by the events that begin them; the other events change a line. */
const kinds: Readonly<Record<string, string>> = {
  "message.posted": "message",
  "note.posted": "note",
  "conversation.opened": "opened",
  "conversation.closed": "closed",
  "conversation.reopened": "reopened",
  "member.joined": "joined",
  "member.left": "left",
};

/** The lines that one side of a conversation may see, as the whole log makes them. */
export class Visible {
  readonly lines: readonly VisibleLine[];
  readonly #index = new Map<number, number>();

  constructor(log: readonly Noticed<"kept.event">[]) {
    const lines: (VisibleLine & { versions: Version[] })[] = [];
    const byId = new Map<string, { versions: Version[] }>();
    for (const { event } of log.map((kept) => kept.line)) {
      const kind = kinds[event.type];
      if (kind) {
        const text = kind === "message" || kind === "note" ? event.hash : null;
        const line = { event, kind, versions: [{ seq: event.seq, hash: text }] };
        this.#index.set(event.seq, lines.push(line) - 1);
        byId.set(event.id, line);
      } else if (event.target) {
        byId.get(event.target.id)?.versions.push({ seq: event.seq, hash: event.hash });
      }
    }
    this.lines = lines;
  }

  /** Its place among the lines; `undefined`: no line of this side begins with this number. */
  indexOf(seq: number): number | undefined {
    return this.#index.get(seq);
  }

  at(seq: number): VisibleLine | undefined {
    const index = this.#index.get(seq);
    return index === undefined ? undefined : this.lines[index];
  }
}
