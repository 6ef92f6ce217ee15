import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase, type FreshDatabase } from "./testing/fresh-database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

test("a transaction runs under the context it was given", async () => {
  const ctx = { org: crypto.randomUUID(), uid: crypto.randomUUID(), role: "agent" } as const;
  const seen = await fresh.database.withCtx(ctx, async (db) => {
    const { rows } = await db.execute(
      sql`select current_setting('app.org') org, current_setting('app.uid') uid, current_setting('app.role') role, current_user u`,
    );
    return rows;
  });
  expect(seen).toEqual([{ ...ctx, u: "roomdesk_app" }]);
});
