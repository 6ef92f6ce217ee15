import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, type Direct } from "./open/connect.ts";
import type { Login } from "./open/logins.ts";
import { fillTables, filledOrg } from "./testing/fill-tables.ts";
import { freshDatabase, type FreshDatabase } from "./testing/fresh-database.ts";

let fresh: FreshDatabase;
let filled: readonly string[];
beforeAll(async () => {
  fresh = await freshDatabase();
  filled = await fillTables(fresh.adminUrl);
});
afterAll(() => fresh.close());

const denied = "42501";
/** How many rows, or the code of the refusal. */
async function outcome(client: Direct, query: string): Promise<number | string | undefined> {
  try {
    return (await client.query(query)).rows.length;
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error.code;
    throw error;
  }
}
const inContext = (ctx: { org: string; uid: string; role: string }, query: string) =>
  `begin; select set_config('app.org', '${ctx.org}', true), set_config('app.uid', '${ctx.uid}', true),
   set_config('app.role', '${ctx.role}', true); ${query}`;

/** Everything that can be selected from: tables, views, sequences, of ours and of whoever comes. */
async function relations(): Promise<string[]> {
  await using admin = await connect(fresh.adminUrl);
  const { rows } = await admin.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
  );
  return rows.map((row) => row.name);
}

describe("[N47] without a context", () => {
  test("the tables are not empty, or the rest would prove nothing", async () => {
    await using admin = await connect(fresh.adminUrl);
    for (const table of filled) expect([table, await outcome(admin, `select from ${table}`)]).toEqual([table, 1]);
    expect(filled).toEqual(expect.arrayContaining(["roomdesk.chat_events", "roomdesk.customers", "roomdesk.users"]));
  });

  test.for(["app", "log", "job"] satisfies Login[])("the login %s reads nothing from anything", async (login) => {
    await using client = await connect(fresh.urlOf(login));
    for (const relation of await relations()) {
      const seen = await outcome(client, `select * from ${relation}`);
      expect([relation, seen]).toEqual([relation, seen === denied ? denied : 0]);
    }
  });

  test("in the context of another organisation the app reads nothing from anything, whatever it calls itself", async () => {
    await using client = await connect(fresh.urlOf("app"));
    for (const role of ["customer", "agent", "supervisor", "admin", "system", "owner", ""]) {
      for (const relation of await relations()) {
        const foreign = { org: crypto.randomUUID(), uid: filledOrg, role };
        await client.query(inContext(foreign, ""));
        const seen = await outcome(client, `select * from ${relation}`);
        await client.query("rollback");
        expect([role, relation, seen]).toEqual([role, relation, seen === denied ? denied : 0]);
      }
    }
  });

  test("in its own organisation the app reads what it may: the walls have doors", async () => {
    await using client = await connect(fresh.urlOf("app"));
    await client.query(inContext({ org: filledOrg, uid: filledOrg, role: "admin" }, ""));
    for (const table of ["chat_sessions", "users", "customers"]) {
      expect([table, await outcome(client, `select * from roomdesk.${table}`)]).toEqual([table, 1]);
    }
  });
});

describe("[N48] with a context", () => {
  const ana = { org: filledOrg, uid: filledOrg, role: "customer" };
  const triedOver = async (client: Direct, statement: string) => {
    await client.query(inContext(ana, ""));
    const result = await outcome(client, statement);
    await client.query("rollback");
    return result;
  };
  const tried = async (statement: string, login: Login = "app") => {
    await using client = await connect(fresh.urlOf(login));
    return await triedOver(client, statement); // before the client is closed
  };

  test.for([
    "alter role roomdesk_app bypassrls",
    "copy (select 1) to '/tmp/roomdesk-copy'",
    "copy (select 1) to program 'true'",
    "create extension pg_trgm schema roomdesk",
    "create function public.mine() returns int language sql as 'select 1'",
    "create function roomdesk.mine() returns int language sql security definer as 'select 1'",
    "create function pg_temp.mine() returns int language sql as 'select 1'",
    "create role mine",
    "create schema mine",
    "create table public.mine (id int)",
    "create table roomdesk.mine (id int)",
    "create temporary table mine (id int)",
    "create view roomdesk.mine as select 1",
    "grant roomdesk_owner to roomdesk_app",
    "load '$libdir/pgcrypto'",
    "select lo_import('/etc/passwd')",
    "select pg_ls_dir('/')",
    "select pg_read_binary_file('/etc/passwd')",
    "select pg_read_file('/etc/passwd')",
    "select pg_reload_conf()",
    "select * from pg_authid",
    "select * from roomdesk_migrations.applied",
    "set role postgres",
    "set role roomdesk_owner",
    "set role roomdesk_job",
    "set session authorization roomdesk_owner",
    "set session_replication_role = replica",
  ])("denied: %s", async (statement) => {
    expect(await tried(statement)).toBe(denied);
  });

  test("denied on every table: to alter, drop, truncate, delete from, index or watch", async () => {
    await using client = await connect(fresh.urlOf("app"));
    for (const table of filled) {
      for (const statement of [
        `alter table ${table} disable row level security`,
        `alter table ${table} no force row level security`,
        `create policy mine on ${table} using (true)`,
        `drop policy of_functions on ${table}`,
        `drop table ${table}`,
        `truncate ${table}`,
        `delete from ${table}`,
        `create index on ${table} ((1))`,
        `create trigger mine before insert on ${table} execute function suppress_redundant_updates_trigger()`,
        `copy ${table} from '/etc/passwd'`,
      ]) {
        expect([statement, await triedOver(client, statement)]).toEqual([statement, denied]);
      }
    }
  });

  test("denied outside a transaction: the server's settings and databases", async () => {
    await using client = await connect(fresh.urlOf("app"));
    for (const statement of ["alter system set fsync = off", "create database mine", "drop database postgres"]) {
      expect([statement, await outcome(client, statement)]).toEqual([statement, denied]);
    }
  });

  test("GRANT hands nothing on", async () => {
    await using client = await connect(fresh.urlOf("app"));
    for (const table of filled) await outcome(client, `grant select on ${table} to public, roomdesk_log`);
    const { rows } = await client.query(
      "select table_name from information_schema.table_privileges where grantee in ('PUBLIC', 'roomdesk_log') and table_schema = 'roomdesk'",
    );
    expect(rows).toEqual([]);
  });

  test("with row_security off every table is an error, not data", async () => {
    for (const table of filled) {
      expect([table, await tried(`set row_security = off; select * from ${table}`)]).toEqual([table, denied]);
    }
  });

  test("RESET ROLE leads back to the login, which is all there ever was", async () => {
    await using client = await connect(fresh.urlOf("app"));
    await client.query(inContext({ ...ana, org: crypto.randomUUID() }, ""));
    await client.query("reset role; reset session authorization");
    const { rows } = await client.query(
      "select current_user as me, session_user as login, current_setting('is_superuser') as super",
    );
    expect(rows).toEqual([{ me: "roomdesk_app", login: "roomdesk_app", super: "off" }]);
    expect(await outcome(client, "select * from roomdesk.chat_sessions")).toBe(0);
  });

  test("[N51] the audit log and the conversation's log cannot be changed, not even by their owner", async () => {
    for (const table of ["roomdesk.audit_log", "roomdesk.chat_events"]) {
      for (const change of [`update ${table} set org_id = org_id`, `delete from ${table}`, `truncate ${table}`]) {
        for (const login of ["app", "log", "job", "owner"] as const) {
          expect([change, login, await tried(change, login)]).toEqual([change, login, denied]);
        }
      }
    }
  });
});
