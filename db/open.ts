import { startEmbedded, type EmbeddedPostgres } from "./embedded/embedded-postgres.ts";
import { bootstrap } from "./open/bootstrap.ts";
import { connect } from "./open/connect.ts";
import { openDatabaseAt, type Database } from "./open/database.ts";
import { checkedAddress, databaseAddress } from "./open/logins.ts";
import { patiently } from "./open/patience.ts";

export type { Database, Door, State } from "./open/database.ts";

export type OpenOptions = {
  /** A server of the operator's; without one Roomdesk starts its own in `dataDir`. */
  readonly url?: string | undefined;
  readonly dataDir: string;
  /** The desk's secret; the logins' passwords follow from it. */
  readonly secret: string;
  readonly say?: (line: string) => void;
  /** Another folder of migrations; tests have some of their own. */
  readonly migrations?: string;
  /** How long a server that does not answer is waited for. */
  readonly patienceMs?: number;
};

/** Reaches the database, however long it takes to wake, and prepares who may enter. `migrate()` comes next. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { secret, migrations, say = console.log } = options;
  const given = options.url ? checkedAddress(options.url) : undefined;
  const embedded = given === undefined ? await startEmbedded({ dataDir: options.dataDir, say }) : undefined;
  try {
    const url = given ?? (await ownDatabase(embedded!));
    await patiently(url, { forMs: options.patienceMs ?? 30_000, say }, () => bootstrap(url, secret));
    return openDatabaseAt({ url, secret, migrations, say, closeServer: () => embedded?.close() });
  } catch (error) {
    await embedded?.close();
    throw error;
  }
}

async function ownDatabase({ url }: EmbeddedPostgres): Promise<string> {
  await using admin = await connect(url);
  const { rowCount } = await admin.query("select from pg_database where datname = 'roomdesk'");
  if (rowCount === 0) await admin.query("create database roomdesk");
  return databaseAddress(url, "roomdesk");
}
