import type { Ack } from "#protocol/conversation.ts";
import type { RefusalCode } from "#protocol/refusals.ts";
import type { OutboxRow } from "./outbox.ts";

/** A row of the outbox as this tab knows it. A new object whenever anything of it changed. */
export type Pending = {
  readonly row: OutboxRow;
  /** Acknowledged, and its event has not come yet. */
  readonly ack: Ack | null;
  /** Three seconds without an answer. */
  readonly late: boolean;
  /** Why it waits; why it is parked is in the row. */
  readonly problem: RefusalCode | null;
  /** `false`: the device had no room, so it lives in this tab only. */
  readonly kept: boolean;
};

/** How many settled keys are remembered, so that a late look into the outbox does not bring one back. */
const settledMax = 2000;

const nothing: readonly Pending[] = [];

/** What this tab knows of the outbox, at hand without waiting. */
export class PendingRows {
  readonly #all = new Map<string, Pending>();
  readonly #settled = new Set<string>();
  readonly #lists = new Map<string, readonly Pending[]>();
  readonly #changed: (conversation: string) => void;

  constructor(changed: (conversation: string) => void) {
    this.#changed = changed;
  }

  get conversations(): readonly string[] {
    return [...new Set([...this.#all.values()].map(({ row }) => row.conversation))];
  }

  find(clientId: string): Pending | undefined {
    return this.#all.get(clientId);
  }

  /** In the log, or given up: a row of it that is still in the outbox is left over. */
  isSettled(clientId: string): boolean {
    return this.#settled.has(clientId);
  }

  /** In the order of sending. The same array until something of it changes. */
  of(conversation: string): readonly Pending[] {
    const known = this.#lists.get(conversation);
    if (known) return known;
    const found = [...this.#all.values()].filter(({ row }) => row.conversation === conversation);
    const list = found.length === 0 ? nothing : found.sort((a, b) => a.row.order - b.row.order);
    this.#lists.set(conversation, list);
    return list;
  }

  /** The one that is to be sent now. */
  next(conversation: string): Pending | undefined {
    return this.of(conversation).find(({ row, ack }) => row.parked === null && ack === null);
  }

  add(row: OutboxRow, kept: boolean): void {
    if (this.#settled.has(row.command.clientId) || this.#all.has(row.command.clientId)) return;
    this.#put({ row, ack: null, late: false, problem: null, kept });
  }

  change(clientId: string, change: Partial<Omit<Pending, "row">> & { readonly parked?: RefusalCode | null }): void {
    const known = this.#all.get(clientId);
    if (!known) return;
    const { parked = known.row.parked, ...more } = change;
    this.#put({ ...known, ...more, row: { ...known.row, parked } });
  }

  /** It is in the log, or given up: it does not come back. */
  settle(clientId: string): void {
    this.#settled.add(clientId);
    const [oldest] = this.#settled;
    if (oldest !== undefined && this.#settled.size > settledMax) this.#settled.delete(oldest);
    const known = this.#all.get(clientId);
    if (known) this.#drop(known.row);
  }

  rename(from: string, to: string): void {
    for (const pending of this.of(from)) this.#put({ ...pending, row: { ...pending.row, conversation: to } });
    this.#touch(from);
  }

  /**
   * The outbox as it was read. What another tab has removed goes, unless it came here after the reading began.
   * @param known what was here when the reading began
   */
  sync(rows: readonly OutboxRow[], known: ReadonlySet<string>): void {
    const there = new Set(rows.map(({ command }) => command.clientId));
    for (const { row, kept, ack } of [...this.#all.values()])
      if (kept && !ack && known.has(row.command.clientId) && !there.has(row.command.clientId)) this.#drop(row);
    for (const row of rows) {
      const before = this.#all.get(row.command.clientId);
      if (!before) this.add(row, true);
      else if (!before.ack && before.row.parked !== row.parked)
        this.change(row.command.clientId, { parked: row.parked });
    }
  }

  keys(conversation?: string): ReadonlySet<string> {
    const all = [...this.#all.values()].filter(({ row }) => (conversation ?? row.conversation) === row.conversation);
    return new Set(all.map(({ row }) => row.command.clientId));
  }

  #put(pending: Pending): void {
    this.#all.set(pending.row.command.clientId, pending);
    this.#touch(pending.row.conversation);
  }

  #drop(row: OutboxRow): void {
    this.#all.delete(row.command.clientId);
    this.#touch(row.conversation);
  }

  #touch(conversation: string): void {
    this.#lists.delete(conversation);
    this.#changed(conversation);
  }
}
