import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { freshDatabase, type FreshDatabase } from "../testing/fresh-database.ts";
import { connect } from "./connect.ts";
import { migrate } from "./migrate.ts";

let fresh: FreshDatabase;
const folder = mkdtempSync(join(tmpdir(), "roomdesk-migrations-"));
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(async () => {
  await fresh.close();
  rmSync(folder, { recursive: true });
});

// Later than any of ours: drizzle applies what is newer than the newest it has applied.
const later = Date.UTC(2100, 0, 1);

/** As drizzle-kit writes them, one statement each. */
function release(statements: readonly string[]): void {
  mkdirSync(join(folder, "meta"), { recursive: true });
  const entries = statements.map((text, idx) => {
    writeFileSync(join(folder, `${idx}.sql`), text);
    return { idx, version: "7", when: later + idx, tag: `${idx}`, breakpoints: true };
  });
  writeFileSync(join(folder, "meta/_journal.json"), JSON.stringify({ version: "7", dialect: "postgresql", entries }));
}
const upgrade = (say: (line: string) => void = () => undefined) => migrate(fresh.urlOf("owner"), { folder, say });

const first =
  "create table roomdesk.later (id int primary key); grant select, insert on roomdesk.later to roomdesk_app";
const second = "alter table roomdesk.later add column note text";

test("a table that an older node is using is changed when it lets go, and nobody waits long behind the change", async () => {
  release([first]);
  await upgrade();
  await using older = await connect(fresh.adminUrl);
  await older.query("begin; lock table roomdesk.later in access share mode"); // a long report
  release([first, second]);
  const said: string[] = [];
  const upgraded = upgrade((line) => said.push(line));
  await using reader = await connect(fresh.adminUrl, { application_name: "reader" });
  let longest = 0;
  await vi.waitFor(
    async () => {
      const since = performance.now();
      await reader.query("select id from roomdesk.later");
      longest = Math.max(longest, performance.now() - since);
      expect(said).toEqual(["A table is in use and cannot be changed yet; waiting"]);
    },
    { timeout: 10_000, interval: 10 },
  );
  expect(longest).toBeLessThan(1500);
  await older.query("commit");
  await upgraded;
  expect((await reader.query("select note from roomdesk.later")).rows).toEqual([]);
});

test("while one node migrates, another waits, and finds nothing left to do", async () => {
  const third = "select pg_sleep(0.5); insert into roomdesk.later (id) values (1)"; // would fail the second time
  release([first, second, third]);
  await Promise.all([upgrade(), upgrade(), upgrade()]);
  expect(await fresh.database.job.call("select 1 as fine")).toEqual([{ fine: 1 }]);
  await using reader = await connect(fresh.adminUrl);
  expect((await reader.query("select id from roomdesk.later")).rows).toEqual([{ id: 1 }]);
});

test("a node that dies in the middle of migrating leaves nothing half done, and the next one goes on", async () => {
  await using dying = await connect(fresh.urlOf("owner"));
  await dying.query("select pg_advisory_lock(hashtext('roomdesk migrations'))");
  await dying.query("begin; alter table roomdesk.later add column half int");
  release([first, second, "select 1", "alter table roomdesk.later add column whole int"]);
  const upgraded = upgrade();
  await using admin = await connect(fresh.adminUrl);
  const holder =
    "database = (select oid from pg_database where datname = current_database()) and locktype = 'advisory'";
  await admin.query(`select pg_terminate_backend(pid) from pg_locks where ${holder} and granted`);
  await upgraded;
  const columns = "select column_name as name from information_schema.columns where table_name = 'later' order by 1";
  expect((await admin.query<{ name: string }>(columns)).rows.map((row) => row.name)).toEqual(["id", "note", "whole"]);
});
