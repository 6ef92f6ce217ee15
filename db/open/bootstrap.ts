import pg from "pg";
import { serverError } from "../faults.ts";
import { Refused } from "../refused.ts";
import { connect, type Direct } from "./connect.ts";
import { loginAddress, logins, passwordOf, printable, roleOf, type Login } from "./logins.ts";
import { scramVerifier } from "./scram.ts";

const oldestServer = 15;

/** Sees to it that the four logins exist, know their passwords and may enter this database. */
export async function bootstrap(url: string, secret: string): Promise<void> {
  await using admin = await connect(url);
  await refuseOldServer(admin);
  for (let tries = 1; tries <= 5; tries++) {
    const entries = await Promise.all(logins.map((login) => tryToEnter(url, login, secret)));
    if (entries.every((entry) => entry === "in")) return;
    if (entries.includes("unknown")) await refuseOtherDesk(admin);
    await letThemIn(admin, secret).catch(goOnAfterRace(admin));
  }
  throw new Refused(
    `The logins ${logins.map(roleOf).join(", ")} exist and their passwords are right, but the server does not let them ` +
      `into ${printable(url)}. Allow them in its pg_hba.conf, with scram-sha-256.`,
  );
}

// Roles belong to the whole server: a node of another database made or changed the same one at the same moment.
const goOnAfterRace = (admin: Direct) => async (error: unknown) => {
  if (!/^(23505|42710|XX000)$/.test(serverError(error)?.code ?? "")) throw error;
  await admin.query("rollback");
};

async function refuseOldServer(admin: Direct): Promise<void> {
  const { rows } = await admin.query<{ number: number; name: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as name",
  );
  const [server] = rows;
  if (server && server.number >= oldestServer * 10_000) return;
  throw new Refused(`Roomdesk needs PostgreSQL ${oldestServer} or newer; this server is ${server?.name}.`);
}

/** Asked by trying: where all get in, an address without any right to make roles is enough. */
async function tryToEnter(url: string, login: Login, secret: string): Promise<"in" | "without rights" | "unknown"> {
  try {
    await using client = await connect(loginAddress(url, login, secret));
    const { rows } = await client.query<{ creates: boolean; unbound: boolean }>(
      `select has_database_privilege(current_database(), 'CREATE') as creates, rolsuper or rolbypassrls as unbound
       from pg_roles where rolname = current_user`,
    );
    if (rows[0]?.unbound) throw unbound(login);
    return login !== "owner" || rows[0]?.creates ? "in" : "without rights";
  } catch (error) {
    const { code = "" } = serverError(error) ?? {};
    if (code === "28P01") return "unknown"; // no such role, or another password
    if (/^(28|42501)/.test(code)) return "without rights";
    throw error;
  }
}

const unbound = (login: Login) =>
  new Refused(
    `The login ${roleOf(login)} is not bound by row-level security on this server; ` +
      `run: alter role ${roleOf(login)} nosuperuser nobypassrls;`,
  );

/** Logins are the server's. Giving them new passwords would lock out the desk that has the old ones. */
async function refuseOtherDesk(admin: Direct): Promise<void> {
  const { rows } = await admin.query<{ database: string }>(
    `select datname as database from pg_database, pg_roles where rolname = '${roleOf("app")}'
     and shobj_description(pg_roles.oid, 'pg_authid') = 'Roomdesk in ' || datname and datname <> current_database()`,
  );
  const [other] = rows;
  if (!other) return;
  throw new Refused(
    `The logins on this server are those of the Roomdesk in the database "${other.database}", and ROOMDESK_SECRET is not ` +
      `the one it has. Use its secret or another server; if that desk is gone, run: comment on role ${roleOf("app")} is null;`,
  );
}

async function letThemIn(admin: Direct, secret: string): Promise<void> {
  await admin.query("begin");
  // Nodes of one desk take turns; who comes second finds all done.
  await admin.query("select pg_advisory_xact_lock(hashtext('roomdesk roles'))");
  const statements = await entrance(admin, secret);
  try {
    await admin.query(statements.join("; "));
  } catch (error) {
    throw serverError(error)?.code === "42501" ? powerless(statements, error as Error) : error;
  }
  await admin.query("commit");
}

/** The SQL that lets the four in; also what an administrator is given to run. */
async function entrance(admin: Direct, secret: string): Promise<string[]> {
  const { rows } = await admin.query<{ database: string; roles: string[] }>(
    "select current_database() as database, array(select rolname::text from pg_roles where rolname like 'roomdesk\\_%') as roles",
  );
  const { database = "", roles = [] } = rows[0] ?? {};
  const known = (login: Login) => roles.includes(roleOf(login));
  const verifier = (login: Login) => scramVerifier(passwordOf(login, secret));
  const rights = (login: Login) => `login ${login === "owner" ? "" : "noinherit "}password '${verifier(login)}'`;
  return [
    ...logins.map((login) => `${known(login) ? "alter" : "create"} role ${roleOf(login)} ${rights(login)}`),
    `comment on role ${roleOf("app")} is ${pg.escapeLiteral(`Roomdesk in ${database}`)}`,
    ...databaseRights(database),
    "revoke all on schema public from public",
    // Without any right there, a migration that closes it once more would fail instead of warn.
    `grant usage on schema public to ${roleOf("owner")}`,
  ];
}

/** What the logins may do in a database as such. */
export function databaseRights(database: string): string[] {
  const name = pg.escapeIdentifier(database);
  return [
    `revoke temporary on database ${name} from public`,
    `grant connect on database ${name} to ${logins.map(roleOf).join(", ")}`,
    `grant create on database ${name} to ${roleOf("owner")}`,
  ];
}

const powerless = (statements: readonly string[], cause: Error) =>
  new Refused(
    `The user of DATABASE_URL may not create the logins Roomdesk needs (${cause.message}); ` +
      `let an administrator run this once in that database:\n\n${statements.map((one) => `${one};`).join("\n")}\n`,
    { cause },
  );
