import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as runMigrations } from "drizzle-orm/node-postgres/migrator";
import { fileURLToPath } from "node:url";
import { connect } from "./connect.ts";

export const migrationsFolder = fileURLToPath(new URL("../migrations", import.meta.url));

/** Brings the schema up to date, as its owner. One node at a time; the others wait and then find nothing to do. */
export async function migrate(ownerUrl: string, folder = migrationsFolder): Promise<void> {
  await using owner = await connect(ownerUrl);
  await owner.query("select pg_advisory_lock(hashtext('roomdesk migrations'))"); // ends with the session
  await runMigrations(drizzle(owner), {
    migrationsFolder: folder,
    migrationsSchema: "roomdesk_migrations",
    migrationsTable: "applied",
  });
}
