import { sql } from "drizzle-orm";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openDatabase, type Database } from "./open.ts";
import { connect } from "./open/connect.ts";
import { databaseAddress, loginAddress, logins } from "./open/logins.ts";
import { flakyProxy } from "./testing/flaky-proxy.ts";
import { oldServer } from "./testing/old-server.ts";
import { createDatabase, startBareServer, type TestServer } from "./testing/test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startBareServer();
});
afterAll(() => server.close());

const secret = "the desk's own";
const nowhere = "/nowhere";
const said: string[] = [];
const open = (url: string, more: Partial<Parameters<typeof openDatabase>[0]> = {}) =>
  openDatabase({ url, dataDir: nowhere, secret, patienceMs: 500, say: (line) => said.push(line), ...more });
const database = async (name: string) => {
  await createDatabase(server.url, name);
  return databaseAddress(server.url, name);
};
const overTcp = (url: string, change: Partial<URL>) => {
  const address = new URL(url);
  address.search = "";
  return Object.assign(address, change).href;
};
const system = { org: null, uid: null, role: "system" } as const;
const answers = (opened: Database) => opened.withCtx(system, (db) => db.execute(sql`select 1`));
const ask = async (url: string, text: string) => {
  await using client = await connect(url);
  return (await client.query<Record<string, unknown>>(text)).rows;
};

describe("an address that leads nowhere", () => {
  test("an unknown host is waited for, said so, and refused in one sentence", async () => {
    said.length = 0;
    const url = "postgresql://me:hush@no-such-host.invalid:5432/desk";
    await expect(open(url)).rejects.toThrow(
      /^The database at no-such-host\.invalid:5432\/desk did not answer for 0\.5 s \(E\w+\)\. Start it, or correct DATABASE_URL\.$/,
    );
    expect(said).toEqual([expect.stringMatching(/no-such-host.* does not answer \(E\w+\); waiting up to 0\.5 s$/)]);
  });

  test.for([
    ["a wrong password", { password: "hush" }, "it does not accept the user name and password"],
    ["no password", { password: "" }, "it wants a password, and there is none in the address"],
    ["a database that is not there", { pathname: "/nope" }, "this database does not exist there"],
    ["TLS where there is none", { search: "?sslmode=verify-full" }, "The server does not support SSL connections"],
  ] as const)("%s is refused at once, in words and without the password", async ([, change, words]) => {
    const url = overTcp(server.url, change);
    const since = performance.now();
    const refusal = open(url, { patienceMs: 30_000 });
    await expect(refusal).rejects.toThrow(`: ${words}. Correct DATABASE_URL.`);
    await expect(refusal).rejects.not.toThrow("hush");
    expect(performance.now() - since).toBeLessThan(5000);
  });

  test.for(["desk", "mysql://me:hush@localhost/desk", ":::"])("what is no address is refused: %s", async (url) => {
    await expect(open(url)).rejects.toThrow(
      "DATABASE_URL is not an address like postgresql://user:password@host:5432/database.",
    );
  });

  test("a server older than PostgreSQL 15 is refused", async () => {
    const old = await oldServer();
    await expect(open(old.url)).rejects.toThrow("Roomdesk needs PostgreSQL 15 or newer; this server is 14.22.");
    await old.close();
  });
});

test("a server that comes up late is waited for", async () => {
  const proxy = await flakyProxy(await database("late"));
  await proxy.shut();
  said.length = 0;
  const opening = open(proxy.url, { patienceMs: 20_000 });
  await vi.waitFor(() => expect(said).toHaveLength(1));
  expect(said[0]).toContain("does not answer (ECONNREFUSED); waiting up to 20 s");
  await proxy.open();
  const opened = await opening;
  await answers(opened);
  await opened.close();
  await proxy.close();
});

describe("the logins", () => {
  test("each gets in with a password that follows from the secret, and with no other", async () => {
    const url = await database("logins");
    await (await open(url)).close();
    for (const login of logins) {
      expect(await ask(loginAddress(url, login, secret), "select current_user as me")).toEqual([
        { me: `roomdesk_${login}` },
      ]);
      await expect(connect(loginAddress(url, login, "another"))).rejects.toThrow("password authentication failed");
    }
  });

  test("none is more than it must be, and none but the owner makes anything", async () => {
    const url = await database("modest");
    await (await open(url)).close();
    const much = await ask(
      url,
      `select rolname from pg_roles r where rolname like 'roomdesk\\_%' and (
         rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
         or exists (select from pg_auth_members m where m.member = r.oid)
         or rolname <> 'roomdesk_owner' and (rolinherit
           or has_database_privilege(rolname, current_database(), 'CREATE')
           or has_database_privilege(rolname, current_database(), 'TEMP')
           or has_schema_privilege(rolname, 'public', 'USAGE')))`,
    );
    expect(much).toEqual([]);
  });

  /** What an operator does when the desk that had these logins is gone. */
  const handOver = () => ask(server.url, "comment on role roomdesk_app is null");

  test("of another desk on the same server are not taken from it", async () => {
    const [ours, theirs] = [await database("ours"), await database("theirs")];
    await handOver();
    const desk = await open(ours);
    await expect(open(theirs, { secret: "another" })).rejects.toThrow(
      'The logins on this server are those of the Roomdesk in the database "ours", and ROOMDESK_SECRET is not the one it has.',
    );
    await (await open(ours)).close(); // new connections still get in
    await handOver();
    await (await open(theirs, { secret: "another" })).close();
    await desk.close();
  });

  test("follow when the secret changes", async () => {
    const url = await database("rotated");
    await handOver();
    await (await open(url, { secret: "before" })).close();
    const opened = await open(url, { secret: "after" });
    await answers(opened);
    await opened.close();
    await (await open(url)).close();
  });

  test("an address that may not make them is refused with the SQL to run, which then is enough", async () => {
    const url = await database("powerless");
    await handOver();
    await ask(server.url, "create role clerk login password 'clerk'");
    const clerk = overTcp(url, { username: "clerk", password: "clerk" });
    const refusal: unknown = await open(clerk, { secret: "with SQL" }).catch((error: unknown) => error);
    const [sentence, script] = String((refusal as Error).message).split("\n\n");
    expect(sentence).toMatch(
      /^The user of DATABASE_URL may not create the logins Roomdesk needs \(.*\); let an administrator/,
    );
    await ask(url, script!);
    const opened = await open(clerk, { secret: "with SQL" });
    await answers(opened);
    await opened.migrate();
    await opened.close();
  });

  test("that would not be bound by the walls are refused", async () => {
    const url = await database("unbound");
    await handOver();
    await (await open(url)).close();
    await ask(server.url, "alter role roomdesk_job bypassrls");
    await expect(open(url)).rejects.toThrow(
      "The login roomdesk_job is not bound by row-level security on this server; run: alter role roomdesk_job nosuperuser nobypassrls;",
    );
    await ask(server.url, "alter role roomdesk_job nobypassrls");
  });

  test("that the server keeps out are named, with the file to mend", async () => {
    const url = await database("kept_out");
    await handOver();
    const [{ file } = {}] = await ask(server.url, "select current_setting('hba_file') as file");
    const rules = readFileSync(String(file), "utf8");
    writeFileSync(String(file), `local kept_out roomdesk_log reject\n${rules}`);
    await ask(server.url, "select pg_reload_conf()");
    await expect(open(url)).rejects.toThrow(
      /^The logins .* exist and .* the server does not let them into .*pg_hba\.conf/,
    );
    writeFileSync(String(file), rules);
    await ask(server.url, "select pg_reload_conf()");
  });

  test("no statement and no log of the server ever holds a password", async () => {
    const url = await database("logged");
    await handOver();
    await ask(server.url, "alter system set log_statement = 'all'");
    await ask(server.url, "select pg_reload_conf()");
    await (await open(url, { secret: "to be logged" })).close();
    const [{ log } = {}] = await ask(server.url, "select current_setting('data_directory') || '.log' as log");
    const text = readFileSync(String(log), "utf8");
    expect(text).toContain("alter role roomdesk_app");
    for (const login of logins) {
      expect(text).not.toContain(new URL(loginAddress(url, login, "to be logged")).password);
    }
    await ask(server.url, "alter system reset log_statement");
  });
});

test("nodes that start together on an empty server make the logins and the schema once, as no superuser", async () => {
  const own = await startBareServer();
  await ask(own.url, "create role manager login createrole password 'manager'");
  await ask(own.url, "create database desk owner manager");
  const url = overTcp(databaseAddress(own.url, "desk"), { username: "manager", password: "manager" });
  const nodes = await Promise.all([1, 2, 3, 4].map(() => open(url)));
  await Promise.all(nodes.map((node) => node.migrate()));
  const journal = JSON.parse(readFileSync(new URL("./migrations/meta/_journal.json", import.meta.url), "utf8")) as {
    entries: unknown[];
  };
  const applied = await ask(loginAddress(url, "owner", secret), "select from roomdesk_migrations.applied");
  expect(applied).toHaveLength(journal.entries.length);
  await Promise.all(nodes.map(answers));
  await Promise.all(nodes.map((node) => node.close()));
  await own.close();
});

test("without an address it is Roomdesk's own server, and what was kept is there the next time", async () => {
  const folder = mkdtempSync(join(tmpdir(), "roomdesk-open-"));
  const here = { dataDir: join(folder, "data"), secret, say: () => undefined };
  const first = await openDatabase(here);
  await first.migrate();
  await first.close();
  const second = await openDatabase(here);
  expect(await second.app.call("select count(*)::int as tables from pg_tables where schemaname = 'roomdesk'")).toEqual([
    { tables: expect.toSatisfy((n: number) => n > 10) as number },
  ]);
  await expect(openDatabase(here)).rejects.toThrow(`Another Roomdesk (process ${process.pid}) is using`);
  await second.close();
  rmSync(folder, { recursive: true });
}, 60_000);
