import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, type Direct } from "./open/connect.ts";
import { freshDatabase, type FreshDatabase } from "./testing/fresh-database.ts";

// Each test asks the catalog for offenders and expects none, so it holds for every table that is ever added.
let fresh: FreshDatabase;
let admin: Direct;
beforeAll(async () => {
  fresh = await freshDatabase();
  admin = await connect(fresh.adminUrl);
});
afterAll(async () => {
  await admin.end();
  await fresh.close();
});

const names = async (query: string): Promise<string[]> =>
  (await admin.query<{ name: string }>(query)).rows.map((row) => row.name).sort();

const notSystem = "n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'";
const tables = `pg_class c join pg_namespace n on n.oid = c.relnamespace`;
const guests = "('roomdesk_app', 'roomdesk_log', 'roomdesk_job')";
/** One row per right that one of the three, or everybody, has on a table or on some of its columns. */
const rights = `(
  select c.oid as table, a.grantee, a.privilege_type as right from pg_class c, aclexplode(c.relacl) a
  union all select t.attrelid, a.grantee, a.privilege_type from pg_attribute t, aclexplode(t.attacl) a) r
  join pg_class c on c.oid = r.table join pg_namespace n on n.oid = c.relnamespace
  left join pg_roles g on g.oid = r.grantee`;

describe("[N50] walls", () => {
  test("there are tables to speak of", async () => {
    expect(await names(`select relname as name from ${tables} where nspname = 'roomdesk' and relkind = 'r'`)).toEqual(
      expect.arrayContaining(["audit_log", "chat_events", "chat_sessions", "customers", "keys", "users"]),
    );
  });

  test("row-level security is on and forced on every table", async () => {
    const open = `select c.oid::regclass::text as name from ${tables} where n.nspname = 'roomdesk'
      and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`;
    expect(await names(open)).toEqual([]);
  });

  test("what is not in our schema is nobody's", async () => {
    const elsewhere = `select c.oid::regclass::text as name from ${rights}
      where ${notSystem} and n.nspname <> 'roomdesk' and (r.grantee = 0 or g.rolname in ${guests})`;
    expect(await names(elsewhere)).toEqual([]);
  });

  /** A wall: binds all three logins, every command, reads and writes alike, to exactly the organisation that is set. */
  const wall = (column: string) => `exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive
    and p.polcmd = '*' and p.polwithcheck is null
    and array(select rolname from pg_roles where oid = any (p.polroles) order by 1) = array['roomdesk_app', 'roomdesk_job', 'roomdesk_log']::name[]
    and pg_get_expr(p.polqual, p.polrelid) =
      '(${column} = ( SELECT (NULLIF(current_setting(''app.org''::text, true), ''''::text))::uuid AS "nullif"))')`;

  test("every table of an organisation stands behind the restrictive wall", async () => {
    const unwalled = `select c.relname as name from ${tables} where n.nspname = 'roomdesk' and c.relkind in ('r', 'p')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped)
      and not ${wall("org_id")}`;
    expect(await names(unwalled)).toEqual([]);
    expect(
      await names(`select c.relname as name from ${tables} where c.relname = 'organisations' and not ${wall("id")}`),
    ).toEqual([]);
  });

  test("a table without an organisation is the cluster's, and reached through functions only", async () => {
    const orgless = `from ${tables} where n.nspname = 'roomdesk' and c.relkind in ('r', 'p')
      and c.relname <> 'organisations' and not exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and a.attnotnull and not a.attisdropped)`;
    expect(await names(`select c.relname as name ${orgless}`)).toEqual(["master_keys", "nodes", "setup_tokens"]);
    const reached = `select c.relname as name from ${rights} where g.rolname in ${guests} and c.oid in (select c.oid ${orgless})`;
    expect(await names(reached)).toEqual([]);
  });

  test("policies look at settings, never at who is logged in, and once per statement", async () => {
    const text = "coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, polrelid), '')";
    const policy = `select polrelid::regclass || '.' || polname as name from pg_policy where`;
    expect(await names(`${policy} ${text} ~ 'current_user|session_user|current_role|pg_has_role'`)).toEqual([]);
    const asked = `regexp_count(${text}, 'current_setting\\(')`;
    const askedOnce = `regexp_count(${text}, '\\( SELECT (\\(NULLIF\\()?current_setting\\(')`;
    expect(await names(`${policy} ${asked} <> ${askedOnce}`)).toEqual([]);
  });
});

describe("[N50] rights", () => {
  test("the logins own nothing", async () => {
    const owned = `select classid::regclass || ' ' || objid as name from pg_shdepend
      where deptype = 'o' and refobjid in (select oid from pg_roles where rolname in ${guests})`;
    expect(await names(owned)).toEqual([]);
  });

  test("the logins are nobody else's members, so there is no role to change into", async () => {
    expect(
      await names(`select m.roleid::regrole || ' to ' || r.rolname as name from pg_auth_members m
        join pg_roles r on r.oid = m.member where r.rolname like 'roomdesk\\_%'`),
    ).toEqual([]);
  });

  test("nobody may delete, truncate, refer to, put triggers on or maintain a table", async () => {
    const much = `select c.relname || ' ' || r.right as name from ${rights} where n.nspname = 'roomdesk'
      and (r.grantee = 0 or g.rolname in ${guests}) and not r.right in ('SELECT', 'INSERT', 'UPDATE')`;
    expect(await names(much)).toEqual([]);
  });

  test("the writer of the log reaches no table but through its function", async () => {
    expect(await names(`select c.relname as name from ${rights} where g.rolname = 'roomdesk_log'`)).toEqual([]);
  });

  test("what is granted to everybody is granted to nobody of ours", async () => {
    expect(
      await names(`select c.relname as name from ${rights} where n.nspname = 'roomdesk' and r.grantee = 0`),
    ).toEqual([]);
    const functions = `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'roomdesk' and exists (
        select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)`;
    expect(await names(functions)).toEqual([]);
  });

  test("nothing can be made in any schema, nor schemas and temporary tables in the database", async () => {
    const makers = `select rolname || ' in ' || nspname as name from pg_roles, pg_namespace n
      where rolname in ${guests} and ${notSystem} and has_schema_privilege(rolname, n.oid, 'CREATE')
      union all select rolname || ' in the database' from pg_roles where rolname in ${guests}
      and (has_database_privilege(rolname, current_database(), 'CREATE') or has_database_privilege(rolname, current_database(), 'TEMP'))`;
    expect(await names(makers)).toEqual([]);
  });
});

describe("[N50] ways around", () => {
  test("every view reads as who asks, and nothing is stored beside the tables", async () => {
    const views = `select c.oid::regclass::text as name from ${tables} where ${notSystem} and (c.relkind in ('m', 'f')
      or c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false))`;
    expect(await names(views)).toEqual([]);
  });

  test("functions that run as their owner are these, and cannot be led astray by a search path", async () => {
    const definers = `from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${notSystem} and p.prosecdef`;
    expect(await names(`select p.proname as name ${definers}`)).toEqual(definerFunctions);
    const astray = `select p.oid::regprocedure::text as name ${definers}
      and not coalesce('search_path=roomdesk, pg_temp' = any (p.proconfig), false)`;
    expect(await names(astray)).toEqual([]);
    expect(await names(`select p.proname as name ${definers} and p.proowner <> 'roomdesk_owner'::regrole`)).toEqual([]);
  });

  test("no function claims to leak nothing, and none is written in a language that reaches the machine", async () => {
    const ours = `from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
      where ${notSystem}`;
    expect(await names(`select p.proname as name ${ours} and p.proleakproof`)).toEqual([]);
    expect(await names(`select p.proname as name ${ours} and l.lanname not in ('sql', 'plpgsql')`)).toEqual([]);
  });
});

/** Each is a door through the wall: it may answer only with what its comment in db/migrations says. */
const definerFunctions = [
  "announce_node",
  "append_audit",
  "append_events",
  "begin_setup",
  "check_master_key",
  "claim_conversation",
  "embedding_pages",
  "ended_sessions",
  "find_conversation",
  "find_inbox",
  "find_session",
  "find_user",
  "find_user_by_email",
  "forget_node",
  "key_chain",
  "live_nodes",
  "lock_audit_head",
  "mark_read",
  "move_conversations",
  "next_change",
  "offer_setup",
  "open_conversation",
  "owner_of",
  "release_conversation",
  "renew_node",
  "role_of",
  "setup_done",
  "setup_offered",
  "still_owned",
  "touch_conversations",
  "use_setup",
];
