import type { FeedRow } from "#core/ports/workspace-feed.ts";

/** Rows of one view, newest first: kept in order as they change, so that a window is a slice. */
export class OrderedRows {
  readonly #rows: FeedRow[] = [];

  get length(): number {
    return this.#rows.length;
  }

  at(index: number): FeedRow | undefined {
    return this.#rows[index];
  }

  first(count: number): readonly FeedRow[] {
    return this.#rows.slice(0, count);
  }

  all(): readonly FeedRow[] {
    return this.#rows;
  }

  add(row: FeedRow): void {
    this.#rows.splice(this.#placeOf(row), 0, row);
  }

  /** The row exactly as it was added. */
  remove(row: FeedRow): void {
    const place = this.#placeOf(row);
    if (this.#rows[place]?.id === row.id) this.#rows.splice(place, 1);
  }

  /** Where the row stands, or would stand. */
  #placeOf(row: FeedRow): number {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#rows[middle];
      if (other && comesBefore(other, row)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The id decides between rows of the same moment, so that every tab has the same order. */
const comesBefore = (a: FeedRow, b: FeedRow): boolean => a.lastAt > b.lastAt || (a.lastAt === b.lastAt && a.id < b.id);
