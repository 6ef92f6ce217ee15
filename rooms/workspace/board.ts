import type { FeedRow } from "#core/ports/workspace-feed.ts";
import type { View } from "#protocol/workspace.ts";
import { OrderedRows } from "./ordered-rows.ts";

export const closedHeld = 500;

/** All open conversations of an organisation and its newest closed ones, in the order of each view. */
export class Board {
  readonly #rows = new Map<string, FeedRow>();
  readonly #new = new OrderedRows();
  readonly #open = new OrderedRows();
  readonly #closed = new OrderedRows();
  readonly #mine = new Map<string, OrderedRows>();
  #closedTotal = 0;
  /** Conversations that nobody has joined and whose customer has written. */
  #newWithMessages = 0;

  load(rows: readonly FeedRow[], closedTotal: number): void {
    for (const row of rows) this.#replace(row);
    this.#closedTotal = closedTotal;
  }

  /**
   * The row before, if there was one. `isCounted: false`: it was not held, so that nobody here knows whether it stood
   * among the older closed ones, and the total must be asked again.
   */
  put(row: FeedRow): { before: FeedRow | undefined; isNews: boolean; isCounted: boolean } {
    const before = this.#rows.get(row.id);
    if (before && before.changed >= row.changed) return { before, isNews: false, isCounted: true };
    this.#replace(row);
    if (before) this.#closedTotal += Number(row.status === "closed") - Number(before.status === "closed");
    const isFresh = row.status === "open" && row.head <= 2; // opened, and at most one word said: never closed before
    return { before, isNews: true, isCounted: before !== undefined || isFresh };
  }

  row(id: string): FeedRow | undefined {
    return this.#rows.get(id);
  }

  of(view: View, userId: string): OrderedRows {
    switch (view) {
      case "new":
        return this.#new;
      case "mine":
        return this.#mine.get(userId) ?? nothing;
      case "all":
        return this.#open;
      case "closed":
        return this.#closed;
    }
  }

  total(view: View, userId: string): number {
    return view === "closed" ? this.#closedTotal : this.of(view, userId).length;
  }

  get newWithMessages(): number {
    return this.#newWithMessages;
  }

  #replace(row: FeedRow): void {
    const before = this.#rows.get(row.id);
    if (before) {
      for (const list of this.#listsOf(before)) list.remove(before);
      if (isNewWithMessages(before)) this.#newWithMessages -= 1;
    }
    this.#rows.set(row.id, row);
    for (const list of this.#listsOf(row)) list.add(row);
    if (isNewWithMessages(row)) this.#newWithMessages += 1;
    this.#forgetOldest();
  }

  #forgetOldest(): void {
    const oldest = this.#closed.length > closedHeld ? this.#closed.at(this.#closed.length - 1) : undefined;
    if (!oldest) return;
    this.#closed.remove(oldest);
    this.#rows.delete(oldest.id);
  }

  #listsOf(row: FeedRow): OrderedRows[] {
    if (row.status === "closed") return [this.#closed];
    if (row.joined.length === 0) return [this.#open, this.#new];
    return [this.#open, ...row.joined.map(({ id }) => this.#mineOf(id))];
  }

  #mineOf(userId: string): OrderedRows {
    const list = this.#mine.get(userId) ?? new OrderedRows();
    this.#mine.set(userId, list);
    return list;
  }
}

const nothing = new OrderedRows();

export const isNew = (row: FeedRow): boolean => row.status === "open" && row.joined.length === 0;
const isNewWithMessages = (row: FeedRow): boolean => isNew(row) && row.customerMessages > 0;
