import { textHash } from "../../../history/lines.ts";
import { spliceOf } from "../../../history/screen-recorder.ts";
import type { Shown } from "../../../history/screen-lines.ts";
import type { EventFacts } from "../../../history/shared-lines.ts";
import type { DayClock } from "./day-clock.ts";
import type { DayConversation } from "./day-conversation.ts";

export type Bubble = {
  readonly key: string;
  readonly kind: string;
  readonly hash: string | null;
  state: "sending" | "kept" | "failed" | "saved";
  /** Of one that was acknowledged before its event came. */
  ack?: { readonly seq: number; readonly id: string };
};
type Look = {
  lines: Shown[];
  shown: readonly Shown[];
  readonly bubbles: Bubble[];
  upTo: number;
  older: boolean;
  marks: { delivered: number; read: number };
};

const kinds: Readonly<Record<string, string>> = {
  "message.posted": "message",
  "note.posted": "note",
  "conversation.opened": "opened",
  "conversation.closed": "closed",
  "conversation.reopened": "reopened",
  "member.joined": "joined",
};

/** A page of a person, which shows what it got and writes it down. */
export class DayScreen {
  readonly who: string;
  readonly side: "customer" | "staff";
  readonly person: string;
  readonly looks = new Map<DayConversation, Look>();
  banner = "online";
  /** Frames do not arrive. */
  isDeaf = false;
  readonly #clock: DayClock;

  constructor(clock: DayClock, who: string, side: "customer" | "staff", person: string) {
    this.#clock = clock;
    this.who = who;
    this.side = side;
    this.person = person;
    this.#begin();
  }

  note(noted: Parameters<DayClock["note"]>[1]): void {
    this.#clock.note(this.who, noted);
  }

  authorIn(conversation: DayConversation): string {
    return this.side === "staff" ? this.person : conversation.author;
  }

  /** A seat, a welcome and a page of the newest lines. */
  look(conversation: DayConversation, limit = 60): void {
    const { who, side } = this;
    const head = conversation.headFor(side);
    const id = conversation.id;
    this.note({ who, what: "welcome", conversation: id, you: { side, id: this.authorIn(conversation) }, head });
    const known = this.looks.get(conversation);
    if (known) return this.catchUp(conversation);
    const fresh: Look = { lines: [], shown: [], bubbles: [], upTo: 0, older: false, marks: { delivered: 0, read: 0 } };
    for (const { facts } of conversation.visible(side, 0)) apply(fresh, facts, this.authorIn(conversation));
    fresh.older = fresh.lines.length > limit;
    fresh.lines = fresh.lines.slice(-limit);
    fresh.upTo = head;
    const lines = fresh.lines.map((line) => pageLine(conversation, line));
    this.note({ who, what: "page", conversation: id, lines, asOf: head, more: fresh.older });
    this.looks.set(conversation, fresh);
    this.show(conversation);
  }

  /** Frames over the socket, or by a fetch after some were missed. */
  receive(conversation: DayConversation, via: "told" | "fetch" = "told"): void {
    const look = this.looks.get(conversation);
    if (!look || this.isDeaf) return;
    const events = conversation.visible(this.side, look.upTo);
    if (events.length === 0) return;
    let after = look.upTo;
    const frames = events.map(({ facts }) => {
      const frame = { after, event: facts };
      after = facts.seq;
      return frame;
    });
    const upTo = via === "fetch" ? { upTo: after } : {};
    this.note({ who: this.who, what: "recv", conversation: conversation.id, via, frames, ...upTo });
    for (const { facts } of events) apply(look, facts, this.authorIn(conversation));
    look.upTo = after;
    for (const { facts } of events) settle(look, facts.key);
    this.show(conversation);
  }

  catchUp(conversation: DayConversation): void {
    this.receive(conversation, "fetch");
  }

  bubble(conversation: DayConversation, bubble: Bubble): void {
    this.looks.get(conversation)?.bubbles.push(bubble);
    this.show(conversation);
  }

  restate(conversation: DayConversation, key: string, state: Bubble["state"] | "gone"): void {
    const look = this.looks.get(conversation);
    const bubble = look?.bubbles.find((one) => one.key === key);
    if (!look || !bubble) return;
    if (state === "gone") settle(look, key);
    else bubble.state = state;
    this.show(conversation);
  }

  /** Acknowledged before its event came: the bubble is saved where it is, an edited line reads as edited. */
  acked(conversation: DayConversation, { seq, id, key, hash, target }: EventFacts): void {
    const look = this.looks.get(conversation);
    const bubble = look?.bubbles.find((one) => one.key === key);
    if (bubble) Object.assign(bubble, { state: "saved", ack: { seq, id } });
    const at = look?.lines.findLastIndex((line) => line.id === target?.id) ?? -1;
    const line = look?.lines[at];
    if (look && line && target) look.lines[at] = { ...line, hash };
    this.show(conversation);
  }

  /** How far the other side has got. */
  mark(conversation: DayConversation, marks: Look["marks"]): void {
    const look = this.looks.get(conversation);
    if (!look) return;
    look.marks = marks;
    this.show(conversation);
  }

  reload(): void {
    this.note({ who: this.who, what: "gone" });
    this.looks.clear();
    this.#clock.wait(5);
    this.#begin();
  }

  show(conversation: DayConversation): void {
    const look = this.looks.get(conversation);
    if (!look) return;
    const now = [...look.lines.map((line) => ticked(line, look.marks)), ...look.bubbles.map(bubbleLine)];
    const splice = spliceOf(look.shown, now);
    const { at, gone, lines } = splice ?? { at: now.length, gone: 0, lines: [] };
    look.shown = now;
    const { who, banner } = this;
    this.note({
      who,
      what: "ui",
      conversation: conversation.id,
      at,
      gone,
      lines: [...lines],
      older: look.older,
      banner,
    });
  }

  #begin(): void {
    const { who, side, person } = this;
    this.note({ who, what: "screen", side, person, outbox: `outbox of ${who}`, persistent: true });
  }
}

function apply(look: Look, facts: EventFacts, author: string): void {
  const kind = kinds[facts.type];
  const isText = kind === "message" || kind === "note";
  const isOwn = facts.by.id === author;
  if (kind) {
    const key = isOwn && isText ? facts.key : facts.id;
    const id = isText ? facts.id : "";
    look.lines.push({
      seq: facts.seq,
      id,
      key,
      kind,
      hash: isText ? facts.hash : null,
      state: isOwn && isText ? "saved" : null,
    });
    return;
  }
  const at = look.lines.findLastIndex(({ id }) => id === facts.target?.id);
  const line = look.lines[at];
  if (line) look.lines[at] = { ...line, hash: facts.hash };
}

function ticked(line: Shown, { delivered, read }: Look["marks"]): Shown {
  if (line.state === null || line.seq === null) return line;
  const state = line.seq <= read ? "read" : line.seq <= delivered ? "delivered" : "saved";
  return state === line.state ? line : { ...line, state };
}

function settle(look: Look, key: string): void {
  const at = look.bubbles.findIndex((one) => one.key === key);
  if (at >= 0) look.bubbles.splice(at, 1);
}

const bubbleLine = ({ key, kind, hash, state, ack }: Bubble): Shown => {
  const { seq, id } = ack ?? { seq: null, id: "" };
  return { seq, id, key, kind, hash, state };
};

function pageLine(conversation: DayConversation, { seq, kind, hash }: Shown) {
  const { id, by } = conversation.log[(seq ?? 0) - 1]!.facts;
  return { seq: seq ?? 0, id, kind, by, hash };
}

export const bubbleOf = (key: string, type: string, text: string): Bubble => ({
  key,
  kind: type === "note.post" ? "note" : "message",
  hash: textHash(text),
  state: "sending",
});
