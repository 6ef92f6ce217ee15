import type { OutboxRow } from "#client-sdk/outbox.ts";
import type { OutboxTable } from "#client-sdk/outbox-table.ts";
import type { KeptConversation } from "#core/memory/memory-desk.ts";
import type { Append } from "#core/ports/conversation-log.ts";
import type { Ack, Answer, ConversationEvent } from "#protocol/conversation.ts";
import { refusals } from "#protocol/refusals.ts";
import type { Findings } from "./findings.ts";

type Claim = { readonly epoch: number; readonly node: string; readonly at: number };

/** What is kept: all of it, once, in order, by one owner after the other. */
export class JudgeOfLog {
  acks = 0;
  readonly claims: Claim[] = [];
  readonly #findings: Findings;
  readonly #kept: () => KeptConversation;
  readonly #now: () => number;
  readonly #pressed = new Map<string, { readonly author: string; readonly row: OutboxRow }>();
  readonly #acked = new Map<string, Ack>();
  readonly #refusedForGood = new Set<string>();
  /** Given up by the person while it was parked; it may have been kept by then. */
  readonly #discarded = new Set<string>();
  readonly #everParked = new Set<string>();
  readonly #reads = new Map<string, number>();

  constructor(findings: Findings, kept: () => KeptConversation, now: () => number) {
    this.#findings = findings;
    this.#kept = kept;
    this.#now = now;
  }

  /** The epoch that may write. */
  get epoch(): number {
    return this.claims.at(-1)?.epoch ?? 0;
  }

  pressed(author: string, row: OutboxRow): void {
    this.#pressed.set(row.command.clientId, { author, row });
  }

  discarded(clientId: string): void {
    this.#discarded.add(clientId);
  }

  claimed(epoch: number, node: string): void {
    this.#findings.holds("I10", epoch > this.epoch, () => `${node} claimed epoch ${epoch} after ${this.epoch}`);
    this.claims.push({ epoch, node, at: this.#now() });
  }

  kept({ epoch, events }: Append, node: string): void {
    const { epoch: now } = this;
    this.#findings.holds(
      "I11",
      epoch === now,
      () => `${node} committed ${words(events)} in epoch ${epoch} during ${now}`,
    );
  }

  read(person: string): void {
    const before = this.#reads.get(person) ?? 0;
    const now = this.#kept().reads.get(person) ?? 0;
    this.#reads.set(person, now);
    this.#findings.holds("I15", now >= before, () => `the read number of ${person} went from ${before} to ${now}`);
  }

  /** A page was answered. */
  answered(clientId: string, answer: Answer): void {
    if (!answer.ok) {
      if (!refusals[answer.code].retry) this.#refusedForGood.add(clientId);
      return;
    }
    this.acks += 1;
    const first = this.#acked.get(clientId) ?? answer;
    this.#acked.set(clientId, first);
    const isSame = first.seq === answer.seq && first.id === answer.id;
    this.#findings.holds("I9", isSame, () => `${clientId} was acknowledged as ${first.seq} and as ${answer.seq}`);
    this.acknowledged(clientId, answer);
  }

  /** Whether what an ack says is kept, at this moment. */
  acknowledged(clientId: string, { seq, id }: Ack): void {
    const kept = this.#kept().events[seq - 1];
    const isKept = kept?.id === id && kept.clientId === clientId;
    this.#findings.holds(
      "I4",
      isKept,
      () => `${clientId} was acknowledged as ${seq}, which is ${kept ? words([kept]) : "not kept"}`,
    );
  }

  /** Everything has come to rest. */
  conclude(outboxes: readonly OutboxTable[]): void {
    const { events } = this.#kept();
    this.#numbered(events);
    this.#onceEach(events);
    this.#nothingLost(events, outboxes);
    this.#inOrder(events);
    this.#versions(events);
  }

  #numbered(events: readonly ConversationEvent[]): void {
    this.#findings.holds(
      "I5",
      events.every(({ seq }, at) => seq === at + 1),
      () => `numbers are ${words(events)}`,
    );
    const isOrdered = events.every(({ at }, n) => at >= (events[n - 1]?.at ?? 0));
    this.#findings.holds("CV15", isOrdered, () => `times are ${events.map(({ at }) => at).join(" ")}`);
  }

  #onceEach(events: readonly ConversationEvent[]): void {
    const keys = events.map(({ by, clientId }) => `${by.side} ${by.id} ${clientId}`);
    const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
    this.#findings.holds("I3", twice.length === 0, () => `kept twice: ${twice.join(", ")}`);
  }

  #nothingLost(events: readonly ConversationEvent[], outboxes: readonly OutboxTable[]): void {
    for (const [clientId, { seq, id }] of this.#acked)
      this.#findings.holds(
        "I1",
        events[seq - 1]?.id === id,
        () => `${clientId} was acknowledged as ${seq} and is not there`,
      );
    const rows = new Map(outboxes.flatMap((outbox) => outbox.rows().map((row) => [row.command.clientId, row])));
    for (const [clientId, { author, row }] of this.#pressed) {
      const times = events.filter((event) => event.clientId === clientId && event.by.id === author).length;
      const parked = rows.get(clientId)?.parked;
      if (parked) this.#everParked.add(clientId);
      const isTurn = row.command.type.startsWith("conversation.") && this.#refusedForGood.has(clientId);
      // An older request may arrive after the refusal of a newer one; a message's row then goes by its event.
      const isOnce = this.#discarded.has(clientId) || isTurn ? times <= 1 : times + (parked ? 1 : 0) === 1;
      const says = () =>
        `${row.command.type} ${clientId} of ${author} is kept ${times} times, parked: ${parked ?? "no"}`;
      this.#findings.holds("I2", isOnce, says);
    }
  }

  /** Those that were refused once were sent again when a person said so: they stand where they came. */
  #inOrder(events: readonly ConversationEvent[]): void {
    const last = new Map<string, OutboxRow>();
    for (const { clientId } of events) {
      const known = this.#pressed.get(clientId);
      if (!known || this.#refusedForGood.has(clientId) || this.#everParked.has(clientId)) continue;
      const before = last.get(known.author);
      const isAfter = !before || before.order < known.row.order;
      this.#findings.holds(
        "I8",
        isAfter,
        () => `${known.author}'s ${clientId} stands after ${before?.command.clientId ?? ""}`,
      );
      last.set(known.author, known.row);
    }
  }

  #versions(events: readonly ConversationEvent[]): void {
    const versions = new Map<string, number>();
    for (const event of events) {
      if (event.type !== "message.edited" && event.type !== "message.deleted") continue;
      const before = versions.get(event.messageId) ?? 1;
      const says = () => `${event.messageId} went from version ${before} to ${event.version}`;
      this.#findings.holds("I16", event.version === before + 1, says);
      versions.set(event.messageId, event.version);
    }
  }
}

export const words = (events: readonly ConversationEvent[]): string =>
  events.map(({ seq, type, clientId }) => `${seq} ${type} ${clientId.slice(-4)}`).join(", ");
