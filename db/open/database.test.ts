import { Unavailable } from "#core/ports/conversation-log.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Ctx } from "../scope.ts";
import { flakyProxy, type FlakyProxy } from "../testing/flaky-proxy.ts";
import { freshDatabase, type FreshDatabase } from "../testing/fresh-database.ts";
import { createNotes } from "../testing/notes-table.ts";
import { testDatabase } from "../testing/test-database.ts";
import { openDatabaseAt, type Database, type State } from "./database.ts";

const org = crypto.randomUUID();
const agent: Ctx = { org, uid: crypto.randomUUID(), role: "agent" };
const insert =
  "insert into fixture.notes (id, org_id, text) values ($1, $2, 'hello') on conflict (id) do nothing returning id";

describe("a database behind a network that fails", () => {
  let fresh: FreshDatabase;
  let proxy: FlakyProxy;
  let database: Database;
  const states: State[] = [];
  beforeAll(async () => {
    fresh = await freshDatabase();
    await createNotes(fresh.adminUrl);
    proxy = await flakyProxy(fresh.adminUrl);
    database = openDatabaseAt({ url: proxy.url, secret: fresh.secret });
    database.onState((state) => states.push(state));
  });
  afterAll(async () => {
    await database.close();
    await proxy.close();
    await fresh.close();
  });
  const works = () => database.withCtx(agent, (db) => db.execute(sql`select 1`));
  const msUntil = async (work: Promise<unknown>) => {
    const since = performance.now();
    await work;
    return performance.now() - since;
  };

  test("that swallows everything: whoever waits hears within three seconds, the next at once; up within one second", async () => {
    await works();
    proxy.freeze();
    const waiting = [works(), works(), database.log.call(insert, ["frozen", org]), database.app.call("select 1")];
    const told = waiting.map((one) => expect(one).rejects.toBeInstanceOf(Unavailable));
    expect(await msUntil(Promise.all(told))).toBeLessThan(3200);
    expect(database.state).toBe("down");
    expect(await msUntil(expect(works()).rejects.toBeInstanceOf(Unavailable))).toBeLessThan(50);
    proxy.thaw();
    expect(await msUntil(vi.waitFor(() => expect(database.state).toBe("up"), { timeout: 2000 }))).toBeLessThan(1000);
    await works();
    expect(states.splice(0)).toEqual(["down", "up"]);
  });

  test("where nobody listens any more: heard at once; up within one second of being back", async () => {
    await works();
    await proxy.shut();
    await expect(works()).rejects.toBeInstanceOf(Unavailable);
    expect(await msUntil(vi.waitFor(() => expect(database.state).toBe("down")))).toBeLessThan(1000);
    await proxy.open();
    expect(await msUntil(vi.waitFor(() => expect(database.state).toBe("up"), { timeout: 2000 }))).toBeLessThan(1000);
    await works();
    expect(states.splice(0)).toEqual(["down", "up"]);
  });
});

test("[I1] [I3] over ten crashes of PostgreSQL everything acknowledged is there, everything tried is there once", async () => {
  const own = await testDatabase();
  await createNotes(own.adminUrl);
  const acked = new Set<string>();
  let crashing = true;
  const writer = async (name: number) => {
    for (let n = 0; crashing || n % 10 !== 0; n++) {
      const id = `${name}-${n}`;
      // As the outbox does: the same key until somebody says it is kept.
      while (!acked.has(id)) {
        const kept = await own.database.log.call(insert, [id, org]).catch((error: unknown) => error);
        if (Array.isArray(kept)) acked.add(id);
        else expect(kept).toBeInstanceOf(Unavailable);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  };
  const writers = [1, 2, 3, 4].map(writer);
  for (let crash = 1; crash <= 10; crash++) {
    const before = acked.size;
    await vi.waitFor(() => expect(acked.size).toBeGreaterThan(before + 20), { timeout: 15_000 });
    process.kill(own.serverPid(), crash % 2 === 0 ? "SIGKILL" : "SIGQUIT");
  }
  crashing = false;
  await Promise.all(writers);
  const rows = await own.database.withCtx(agent, (db) => db.execute<{ id: string }>(sql`select id from fixture.notes`));
  expect(rows.rows.map((row) => row.id).sort()).toEqual([...acked].sort());
  await own.close();
}, 120_000);
