import { sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { Company } from "#core/contract/desk-under-test.ts";
import { connect } from "../open/connect.ts";
import { staffOf } from "./organisations.ts";
import { deskOnPostgres } from "./testing/desk-on-postgres.ts";
import { newestClosed } from "./workspace-feed.ts";

test("of thousands of closed conversations a workspace reads as many as it shows", async () => {
  const desk = await deskOnPostgres();
  onTestFinished(() => desk.close());
  const company = await Company.found(desk);
  const id = await company.open(await company.visitor());
  await using admin = await connect(desk.fresh.adminUrl);
  await admin.query("set session_replication_role = replica");
  await admin.query(
    `insert into roomdesk.chat_sessions (id, org_id, inbox_id, customer_id, customer_author, client_id, dek_id, status,
       last_seq, public_seq, opened_at, last_at, changed)
     select gen_random_uuid(), org_id, inbox_id, customer_id, customer_author, gen_random_uuid(), dek_id, 'closed', 1, 1,
       opened_at, opened_at + n, n + 10 from roomdesk.chat_sessions, generate_series(1, 5000) n where id = $1`,
    [id],
  );
  await admin.query("analyze roomdesk.chat_sessions");
  const seen = await desk.fresh.database.withCtx(staffOf(company.orgId), async (db) => {
    const rows = await newestClosed(db, company.orgId, 40);
    const read = await db.execute<{ by_index: string; by_scan: string }>(
      sql`select idx_tup_fetch as by_index, seq_tup_read as by_scan from pg_stat_xact_user_tables
        where relname = 'chat_sessions'`,
    );
    return { changed: rows.map(({ changed }) => Number(changed)), read: read.rows[0] };
  });
  expect(seen.changed).toEqual(Array.from({ length: 40 }, (_, i) => 5010 - i));
  expect(seen.read).toEqual({ by_index: "40", by_scan: "0" });
});
