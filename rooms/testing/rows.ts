import { randomUUID } from "node:crypto";
import type { FeedRow, WorkspaceFeed } from "#core/ports/workspace-feed.ts";

/** A feed that a test writes by hand. */
export class TestFeed implements WorkspaceFeed {
  readonly rows = new Map<string, FeedRow>();
  readonly reads = new Map<string, Map<string, number>>();
  readonly asked = { load: 0, changes: 0, readCounts: 0 };
  #head = 0;

  put(row: Partial<FeedRow> = {}): FeedRow {
    this.#head += 1;
    const before = row.id === undefined ? undefined : this.rows.get(row.id);
    const made = { ...(before ?? fresh(this.#head)), ...row, changed: this.#head };
    this.rows.set(made.id, made);
    return made;
  }

  async changes(_orgId: string, since: ReadonlyMap<string, number>, limit: number) {
    this.asked.changes += 1;
    const after = [...this.rows.values()].filter((row) => row.changed > (since.get("inbox") ?? 0));
    const rows = after.sort((a, b) => a.changed - b.changed).slice(0, limit);
    const head = rows.length < after.length ? (rows.at(-1)?.changed ?? 0) : this.#head;
    return { rows, heads: new Map([["inbox", head]]) };
  }

  async load(_orgId: string, closedLimit: number) {
    this.asked.load += 1;
    const closed = [...this.rows.values()].filter((row) => row.status === "closed");
    const open = [...this.rows.values()].filter((row) => row.status === "open");
    const newest = closed.sort((a, b) => b.lastAt - a.lastAt).slice(0, closedLimit);
    return { rows: [...open, ...newest], heads: new Map([["inbox", this.#head]]), closedTotal: closed.length };
  }

  async readCounts(_orgId: string, userId: string) {
    this.asked.readCounts += 1;
    return this.reads.get(userId) ?? new Map<string, number>();
  }

  async has(): Promise<boolean> {
    return true;
  }
}

function fresh(at: number): FeedRow {
  return {
    id: randomUUID(),
    inboxId: "inbox",
    inboxName: "Website",
    customer: { id: randomUUID(), name: "Ana", verified: false },
    status: "open",
    head: 2,
    openedAt: at,
    lastAt: at,
    lastLine: { text: "hello", side: "customer", name: "Ana", deleted: false },
    waitingSince: at,
    joined: [],
    changed: at,
    customerMessages: 1,
  };
}
