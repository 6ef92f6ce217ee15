import type { Counts, ListChanged, Listed, Row, View } from "#protocol/workspace.ts";

/** The rows of the window this tab looks through. Rows that did not change stay the same objects. */
export class InboxList {
  view: View = "new";
  limit = 100;
  rows: readonly Row[] = [];
  total = 0;
  counts: Counts | null = null;
  isLoading = true;

  get hasMore(): boolean {
    return this.rows.length < this.total;
  }

  /** Whether another part is to be asked for. */
  look(view: View, limit: number): boolean {
    if (view === this.view && limit === this.limit && !this.isLoading) return false;
    if (view !== this.view) {
      this.rows = [];
      this.total = 0;
      this.isLoading = true;
    }
    this.view = view;
    this.limit = limit;
    return true;
  }

  take({ view, rows, total, counts }: Listed): void {
    this.counts = counts;
    if (view !== this.view) return; // asked for before the view was changed
    this.rows = rows;
    this.total = total;
    this.isLoading = false;
  }

  change({ view, upserted, removed, total }: ListChanged): void {
    if (view !== this.view || this.isLoading) return;
    const gone = new Set([...removed, ...upserted.map(({ id }) => id)]);
    this.rows = [...this.rows.filter(({ id }) => !gone.has(id)), ...upserted].sort(newestFirst);
    this.total = total;
  }
}

const newestFirst = (a: Row, b: Row): number => b.lastAt - a.lastAt || (a.id < b.id ? -1 : 1);
