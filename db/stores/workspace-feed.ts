import { and, eq, sql, type SQL } from "drizzle-orm";
import type { FeedRow, WorkspaceFeed } from "#core/ports/workspace-feed.ts";
import type { Status } from "#protocol/conversation.ts";
import type { Keyring } from "../cipher/keyring.ts";
import type { Door } from "../open.ts";
import { chatReads, chatSessions } from "../schema/conversation.ts";
import { inboxes } from "../schema/inboxes.ts";
import type { ScopedDb } from "../scope.ts";
import { feedRows, openFeedRows } from "./feed-rows.ts";
import { staffOf } from "./organisations.ts";
import type { StoreOptions } from "./staff.ts";
import { isUuid } from "./uuid.ts";

export const workspaceFeed = (options: StoreOptions): WorkspaceFeed => new PgWorkspaceFeed(options);

/** The feed in PostgreSQL: a conversation's row is its entry, `changed` its place. */
class PgWorkspaceFeed implements WorkspaceFeed {
  readonly #door: Door;
  readonly #keyring: Keyring;

  constructor({ database, keyring }: StoreOptions) {
    this.#door = database.app;
    this.#keyring = keyring;
  }

  async changes(
    orgId: string,
    since: ReadonlyMap<string, number>,
    limit: number,
  ): ReturnType<WorkspaceFeed["changes"]> {
    const { heads, rows } = await this.#door.withCtx(staffOf(orgId), async (db) => {
      // The heads first: whatever is committed after this question has a higher number than they say.
      const heads = await headsOf(db, orgId);
      const watched = [...heads].filter(([id, head]) => head > (since.get(id) ?? 0)).map(([id]) => id);
      const pages = await Promise.all(
        watched.map((id) => feedRows(db, changedSince(id, since.get(id) ?? 0), byChange, limit)),
      );
      return { heads, rows: pages.flat() };
    });
    const opened = await openFeedRows(this.#keyring, rows);
    return { rows: opened, heads: next(heads, opened, limit) };
  }

  async load(orgId: string, closedLimit: number): ReturnType<WorkspaceFeed["load"]> {
    const { heads, rows, closedTotal } = await this.#door.withCtx(staffOf(orgId), async (db) => {
      const heads = await headsOf(db, orgId);
      const [open, closed, closedTotal] = await Promise.all([
        feedRows(db, ofStatus(orgId, "open"), sql`s.last_at desc, s.id`),
        newestClosed(db, orgId, closedLimit),
        db.$count(chatSessions, and(eq(chatSessions.orgId, orgId), eq(chatSessions.status, "closed"))),
      ]);
      return { heads, rows: [...open, ...closed], closedTotal };
    });
    return { rows: await openFeedRows(this.#keyring, rows), heads, closedTotal };
  }

  async readCounts(orgId: string, userId: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#door.withCtx(staffOf(orgId, userId), (db) =>
      db
        .select({ id: chatReads.conversationId, read: chatReads.customerOrdinal })
        .from(chatReads)
        .where(and(eq(chatReads.orgId, orgId), eq(chatReads.personId, userId))),
    );
    return new Map(rows.map(({ id, read }) => [id, read]));
  }

  async has(orgId: string, conversationId: string): Promise<boolean> {
    if (!isUuid(conversationId)) return false;
    const rows = await this.#door.withCtx(staffOf(orgId), (db) =>
      db
        .select({ id: chatSessions.id })
        .from(chatSessions)
        .where(and(eq(chatSessions.id, conversationId), eq(chatSessions.orgId, orgId))),
    );
    return rows.length === 1;
  }
}

const byChange = sql`s.changed`;

const ofStatus = (orgId: string, status: Status): SQL => sql`s.org_id = ${orgId} and s.status = ${status}`;

/** As the index of closed conversations has them. */
export const newestClosed = (db: ScopedDb, orgId: string, limit: number): ReturnType<typeof feedRows> =>
  feedRows(db, ofStatus(orgId, "closed"), sql`s.last_at desc, s.id`, limit);

const changedSince = (inboxId: string, seen: number): SQL => sql`s.inbox_id = ${inboxId} and s.changed > ${seen}`;

async function headsOf(db: ScopedDb, orgId: string): Promise<Map<string, number>> {
  const rows = await db
    .select({ id: inboxes.id, head: inboxes.feedHead })
    .from(inboxes)
    .where(eq(inboxes.orgId, orgId));
  return new Map(rows.map(({ id, head }) => [id, head]));
}

/** Where a reader of these rows stands: at the last one of an inbox that may have more, at the head of the others. */
function next(heads: ReadonlyMap<string, number>, rows: readonly FeedRow[], limit: number): Map<string, number> {
  const stands = new Map(heads);
  for (const [inboxId, head] of heads) {
    const told = rows.filter((row) => row.inboxId === inboxId);
    const last = told.at(-1)?.changed ?? 0;
    stands.set(inboxId, told.length === limit ? last : Math.max(head, last));
  }
  return stands;
}
