import { Unavailable } from "#core/ports/conversation-log.ts";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { CommitUnknown, TransactionRolledBack } from "./faults.ts";
import { openDatabaseAt } from "./open/database.ts";
import { connect } from "./open/connect.ts";
import type { Ctx, ScopedDb } from "./scope.ts";
import { flakyProxy, type FlakyProxy } from "./testing/flaky-proxy.ts";
import { freshDatabase, type FreshDatabase } from "./testing/fresh-database.ts";
import { createNotes } from "./testing/notes-table.ts";

const org = crypto.randomUUID();
const agent: Ctx = { org, uid: crypto.randomUUID(), role: "agent" };

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
  await createNotes(fresh.adminUrl);
});
afterAll(() => fresh.close());

const write = (id: string) => (db: ScopedDb) =>
  db.execute(sql`insert into fixture.notes (id, org_id, text) values (${id}, ${org}, 'hello')`);
const ids = async (like: string) => {
  const rows = await fresh.database.withCtx(agent, (db) =>
    db.execute<{ id: string }>(sql`select id from fixture.notes where id like ${like} order by id`),
  );
  return rows.rows.map((row) => row.id);
};
const settings = sql`select current_setting('app.org', true) org, current_setting('app.uid', true) uid,
  current_setting('app.role', true) role, current_user as login`;

describe("a transaction", () => {
  test("runs under the context it was given, as the app's login", async () => {
    const { rows } = await fresh.database.withCtx(agent, (db) => db.execute(settings));
    expect(rows).toEqual([{ ...agent, login: "roomdesk_app" }]);
  });

  test("before the organisation is known has none, rather than anybody's", async () => {
    const nobody: Ctx = { org: null, uid: null, role: "system" };
    const { rows } = await fresh.database.withCtx(nobody, (db) => db.execute(settings));
    expect(rows).toEqual([{ org: "", uid: "", role: "system", login: "roomdesk_app" }]);
  });

  test("is rolled back when it throws, and the error is the caller's own", async () => {
    const mine = new Error("mine");
    const failing = fresh.database.withCtx(agent, async (db) => {
      await write("thrown")(db);
      throw mine;
    });
    await expect(failing).rejects.toBe(mine);
    expect(await ids("thrown")).toEqual([]);
  });

  test("does not report success when an inner error was swallowed: the COMMIT's own word counts", async () => {
    const swallowing = fresh.database.withCtx(agent, async (db) => {
      await write("swallowed")(db);
      await db.execute(sql`select 1 / 0`).catch(() => undefined);
    });
    await expect(swallowing).rejects.toBeInstanceOf(TransactionRolledBack);
    expect(await ids("swallowed")).toEqual([]);
  });

  test("has savepoints for parts that may fail", async () => {
    await fresh.database.withCtx(agent, async (db) => {
      await write("outer")(db);
      await db
        .transaction(async (part) => {
          await write("inner")(part);
          await part.execute(sql`select 1 / 0`);
        })
        .catch(() => undefined);
    });
    expect(await ids("%er")).toEqual(["outer"]);
  });

  test("is over when it is over: a ScopedDb carried out of it answers nobody", async () => {
    const kept = await fresh.database.withCtx(agent, async (db) => [db]);
    const late: unknown = await kept[0]!.execute(sql`select 1`).catch((error: unknown) => error);
    expect(String((late as Error).cause)).toContain("This transaction is over");
  });

  test("that fails at COMMIT for its data says so: nothing is unknown about it", async () => {
    await using admin = await connect(fresh.adminUrl);
    await admin.query(`create table fixture.pairs (id int primary key, other int references fixture.pairs
      deferrable initially deferred); grant insert on fixture.pairs to roomdesk_app`);
    const failing = fresh.database.withCtx(agent, (db) => db.execute(sql`insert into fixture.pairs values (1, 2)`));
    await expect(failing).rejects.toMatchObject({ code: "23503" });
  });
});

describe("when the connection fails", () => {
  let proxy: FlakyProxy;
  let database: ReturnType<typeof openDatabaseAt>;
  beforeAll(async () => {
    proxy = await flakyProxy(fresh.adminUrl);
    database = openDatabaseAt({ url: proxy.url, secret: fresh.secret });
  });
  afterAll(async () => {
    await database.close();
    await proxy.close();
  });
  afterEach(() =>
    expect.poll(() => database.withCtx(agent, async () => "works again").catch(() => "not yet")).toBe("works again"),
  );

  test("[I4] during COMMIT, the outcome is unknown, whether it was kept or not", async () => {
    for (const when of ["before", "after"] as const) {
      proxy.cutAtCommit(when);
      const outcome = database.withCtx(agent, write(`cut ${when}`));
      await expect(outcome).rejects.toBeInstanceOf(CommitUnknown);
      await expect(outcome).rejects.toBeInstanceOf(Unavailable);
    }
    expect(await ids("cut%")).toEqual(["cut after"]);
  });

  test("before COMMIT, it is unavailable and certainly not kept", async () => {
    const outcome = database.withCtx(agent, async (db) => {
      await write("terminated")(db);
      const { rows } = await db.execute<{ pid: number }>(sql`select pg_backend_pid() pid`);
      await using admin = await connect(fresh.adminUrl);
      await admin.query("select pg_terminate_backend($1)", [rows[0]!.pid]);
      await db.execute(sql`select 1`);
    });
    await expect(outcome).rejects.toBeInstanceOf(Unavailable);
    await expect(outcome).rejects.not.toBeInstanceOf(CommitUnknown);
    expect(await ids("terminated")).toEqual([]);
  });

  test("while nothing is asked, the process survives it", async () => {
    await database
      .withCtx(agent, async (db) => {
        const { rows } = await db.execute<{ pid: number }>(sql`select pg_backend_pid() pid`);
        await using admin = await connect(fresh.adminUrl);
        await admin.query("select pg_terminate_backend($1)", [rows[0]!.pid]);
        await expect
          .poll(() =>
            db.execute(sql`select 1`).then(
              () => "alive",
              () => "gone",
            ),
          )
          .toBe("gone");
      })
      .catch((error: unknown) => expect(error).toBeInstanceOf(Unavailable));
  });
});

test("a lock that somebody holds too long makes a writer unavailable, not stuck", async () => {
  await fresh.database.withCtx(agent, write("locked"));
  await using other = await connect(fresh.adminUrl);
  await other.query("begin; lock table fixture.notes in exclusive mode");
  const started = performance.now();
  await expect(fresh.database.withCtx(agent, write("waiting"))).rejects.toBeInstanceOf(Unavailable);
  expect(performance.now() - started).toBeLessThan(3500);
});
