import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withCtx, type Ctx, type ScopedDb } from "./scope.ts";
import { freshDatabase, type FreshDatabase } from "./testing/fresh-database.ts";
import { createNotes } from "./testing/notes-table.ts";
import { seededRandom } from "./testing/seeded-random.ts";

let fresh: FreshDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  fresh = await freshDatabase();
  await createNotes(fresh.adminUrl);
  pool = new pg.Pool({ connectionString: fresh.urlOf("app"), max: 4, pipeline: true });
  pool.on("error", () => undefined); // some of these requests end their own connection
});
afterAll(async () => {
  await pool.end();
  await fresh.close();
});

/** The ways a request ends, the bad ones far more often than in life. */
const endings: Record<string, (db: ScopedDb) => Promise<unknown>> = {
  well: (db) => db.execute(sql`select 1`),
  "with a refused statement": (db) => db.execute(sql`select 1 / 0`),
  "with a swallowed error": (db) => db.execute(sql`select 1 / 0`).catch(() => undefined),
  "by throwing": () => Promise.reject(new Error("the handler's own")),
  "by a time-out": async (db) => {
    await db.execute(sql`set local statement_timeout = 5`);
    await db.execute(sql`select pg_sleep(1)`);
  },
  cancelled: (db) => db.execute(sql`select pg_cancel_backend(pg_backend_pid()), pg_sleep(1)`),
  "with its answer not waited for": async (db) => void db.execute(sql`select pg_sleep(0.001)`).catch(() => undefined),
  terminated: (db) => db.execute(sql`select pg_terminate_backend(pg_backend_pid())`),
  "inside a part": (db) => db.transaction((part) => part.execute(sql`select 1 / 0`)),
};

// Over the pool itself: what the next one finds must be seen before its own context is set.
async function nextOneFinds(): Promise<unknown> {
  const client = await pool.connect();
  try {
    const asked = "select current_setting('app.org', true) || current_setting('app.uid', true) as context";
    const { rows } = await client.query<{ context: string | null }>(asked);
    const { rows: notes } = await client.query("select id from fixture.notes");
    return { context: rows[0]?.context ?? "", notes };
  } finally {
    client.release();
  }
}

const random = seededRandom();
test(`[N49] of 10,000 requests that end in every way none leaves its context to the next (seed ${random.seed})`, async () => {
  const tenants = await Promise.all([1, 2, 3].map((n) => tenantWithNote(`note of ${n}`)));
  const kinds = Object.values(endings);
  let left = 10_000;
  const client = async () => {
    while (left-- > 0) {
      const ctx = random.of(tenants);
      // Terminating costs a new connection, so it is the rarest.
      const ending = random.below(40) === 0 ? random.of(kinds) : random.of(kinds.slice(0, 4));
      const request = withCtx(await lease(), ctx, async (db) => {
        const { rows } = await db.execute<{ org_id: string }>(sql`select org_id from fixture.notes`);
        expect(rows).toEqual([{ org_id: ctx.org }]);
        return ending(db);
      });
      await request.catch((error: unknown) => expect(String(error)).not.toContain("AssertionError"));
      expect(await nextOneFinds()).toEqual({ context: "", notes: [] });
    }
  };
  await Promise.all(Array.from({ length: 8 }, client));
}, 120_000);

async function lease() {
  const client = await pool.connect();
  return { client, release: (broken: Error | undefined) => client.release(broken) };
}

async function tenantWithNote(id: string): Promise<Ctx> {
  const ctx: Ctx = { org: crypto.randomUUID(), uid: crypto.randomUUID(), role: "agent" };
  await withCtx(await lease(), ctx, (db) =>
    db.execute(sql`insert into fixture.notes (id, org_id, text) values (${id}, ${ctx.org}, 'secret')`),
  );
  return ctx;
}
