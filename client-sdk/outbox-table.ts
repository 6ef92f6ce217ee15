import type { RefusalCode } from "#protocol/refusals.ts";
import type { NewRow, OutboxRow } from "./outbox.ts";

/** Rows in memory, in order: what the outbox in memory is, and what the one in a file rebuilds when it is opened. */
export class OutboxTable {
  readonly #rows = new Map<string, OutboxRow>();
  #order = 0;

  get size(): number {
    return this.#rows.size;
  }

  find(clientId: string): OutboxRow | undefined {
    return this.#rows.get(clientId);
  }

  /** The row as it would stand at the end. */
  next(row: NewRow): OutboxRow {
    return { ...row, order: this.#order + 1, parked: null };
  }

  put(row: OutboxRow): void {
    this.#order = Math.max(this.#order, row.order);
    this.#rows.set(row.command.clientId, row);
  }

  rows(conversation?: string): readonly OutboxRow[] {
    const all = [...this.#rows.values()].sort((a, b) => a.order - b.order);
    return conversation === undefined ? all : all.filter((row) => row.conversation === conversation);
  }

  park(clientId: string, parked: RefusalCode | null): void {
    const row = this.#rows.get(clientId);
    if (row) this.#rows.set(clientId, { ...row, parked });
  }

  remove(clientId: string): void {
    this.#rows.delete(clientId);
  }

  rename(from: string, to: string): void {
    for (const row of this.rows(from)) this.#rows.set(row.command.clientId, { ...row, conversation: to });
  }

  expire(before: number): number {
    const old = this.rows().filter(({ at }) => at < before);
    for (const { command } of old) this.#rows.delete(command.clientId);
    return old.length;
  }

  clear(): void {
    this.#rows.clear();
  }
}
