import type { FeedRow } from "#core/ports/workspace-feed.ts";
import type { Counts } from "#protocol/workspace.ts";
import { isNew, type Board } from "./board.ts";

/** One agent, in however many tabs: what they have read, and so what is unread to them. */
export class Reader {
  readonly userId: string;
  /** How many of the customer's messages they have read, by conversation. */
  readonly #counts: Map<string, number>;
  /** Read numbers that came in since then. */
  readonly #upTo = new Map<string, number>();

  constructor(userId: string, counts: ReadonlyMap<string, number>) {
    this.userId = userId;
    this.#counts = new Map(counts);
  }

  /** Counts as the feed has them now. They only grow, and what came in while it was asked may be newer. */
  refresh(counts: ReadonlyMap<string, number>): void {
    for (const [id, count] of counts) this.#raise(id, count);
  }

  /** Whether the counts are good after this. They are not when a part of what the row counts was read. */
  read(conversationId: string, upTo: number, row: FeedRow | undefined): boolean {
    this.#upTo.set(conversationId, Math.max(upTo, this.#upTo.get(conversationId) ?? 0));
    return row !== undefined && this.#hasReadAll(row);
  }

  /** The same question when a row has changed: what was read beyond the row before is a part of this one. */
  changed(row: FeedRow, before: FeedRow | undefined): boolean {
    const upTo = this.#upTo.get(row.id);
    return upTo === undefined || this.#hasReadAll(row) || upTo <= (before?.head ?? 0);
  }

  unreadOf(row: FeedRow): number {
    if ((this.#upTo.get(row.id) ?? 0) >= row.head) return 0;
    return Math.max(0, row.customerMessages - (this.#counts.get(row.id) ?? 0));
  }

  countsOf(board: Board): Counts {
    const mine = board.of("mine", this.userId);
    return {
      new: board.total("new", this.userId),
      mine: mine.length,
      all: board.total("all", this.userId),
      closed: board.total("closed", this.userId),
      unreadMine: mine.all().filter((row) => this.unreadOf(row) > 0).length,
      unreadNew: this.#unreadNew(board),
    };
  }

  /** Whoever has read up to the newest line has read all of the customer's messages that the row counts. */
  #hasReadAll(row: FeedRow): boolean {
    if ((this.#upTo.get(row.id) ?? 0) < row.head) return false;
    this.#raise(row.id, row.customerMessages);
    return true;
  }

  #raise(id: string, count: number): void {
    this.#counts.set(id, Math.max(count, this.#counts.get(id) ?? 0));
  }

  /** Over whichever is shorter: the new conversations, or those of which something was read. */
  #unreadNew(board: Board): number {
    const rows = board.of("new", this.userId);
    if (rows.length <= this.#counts.size) return rows.all().filter((row) => this.unreadOf(row) > 0).length;
    let read = 0;
    for (const id of this.#counts.keys()) {
      const row = board.row(id);
      if (row && isNew(row) && row.customerMessages > 0 && this.unreadOf(row) === 0) read += 1;
    }
    return board.newWithMessages - read;
  }
}
