import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as runMigrations } from "drizzle-orm/node-postgres/migrator";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { serverError } from "../faults.ts";
import { Refused } from "../refused.ts";
import { connect, type Direct } from "./connect.ts";

const ours = fileURLToPath(new URL("../migrations", import.meta.url));
const patienceMs = 60_000;
/** How long a change of a table may wait for its lock: all who come after it wait behind it. */
const lockTimeout = "500ms";

export type MigrateOptions = {
  /** Where the migrations are; tests have some of their own. */
  readonly folder?: string | undefined;
  readonly say?: (line: string) => void;
};

/**
 * Brings the schema up to date, as its owner, beside nodes that run. One node at a time; the others wait and then find
 * nothing to do.
 */
export async function migrate(ownerUrl: string, { folder = ours, say = console.log }: MigrateOptions = {}) {
  await using owner = await connect(ownerUrl, { application_name: "roomdesk migrations" });
  await patiently("Another node is migrating the database", say, () => takeTurn(owner));
  await owner.query(`set lock_timeout = '${lockTimeout}'`);
  await patiently("A table is in use and cannot be changed yet", say, () => apply(owner, folder));
}

/** Held until the session ends, so a node that dies in the middle lets the next one go on. */
async function takeTurn(owner: Direct): Promise<boolean> {
  const asked = "select pg_try_advisory_lock(hashtext('roomdesk migrations')) as mine";
  return (await owner.query<{ mine: boolean }>(asked)).rows[0]?.mine === true;
}

/** All pending migrations or none. */
async function apply(owner: Direct, migrationsFolder: string): Promise<boolean> {
  const where = { migrationsFolder, migrationsSchema: "roomdesk_migrations", migrationsTable: "applied" };
  try {
    await runMigrations(drizzle(owner), where);
    return true;
  } catch (error) {
    const lockNotAvailable = "55P03";
    if (serverError(error)?.code === lockNotAvailable) return false;
    throw error;
  }
}

async function patiently(why: string, say: (line: string) => void, attempt: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + patienceMs;
  const slow = setTimeout(() => say(`${why}; waiting`), 2000);
  try {
    while (!(await attempt())) {
      if (performance.now() > until)
        throw new Refused(`${why}, for ${patienceMs / 1000} s now. Please start again later.`);
      await delay(100 + Math.random() * 100); // between two attempts the others get their turn
    }
  } finally {
    clearTimeout(slow);
  }
}
