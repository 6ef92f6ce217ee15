import pg from "pg";
import { openKeyring } from "#db/cipher/open-keyring.ts";
import { openDatabaseAt } from "#db/open/database.ts";
import { auditLog } from "#db/stores/audit-log.ts";
import { dumpAudit } from "./dump-audit.ts";
import { dumpConversations, dumpReads, dumpWitness } from "./dump-conversations.ts";
import type { HistoryWriter } from "./writer.ts";

export type DumpOptions = {
  /** The superuser's address: row-level security hides nothing from it. */
  readonly url: string;
  /** The desk's secret, by which texts are opened. */
  readonly secret: string;
  readonly history: HistoryWriter;
};

/** Writes what the database holds, with texts opened and hashed. Nobody may be writing to it any more. */
export async function dumpDatabase({ url, secret, history }: DumpOptions): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  const database = openDatabaseAt({ url, secret });
  try {
    await client.connect();
    const keyring = await openKeyring(database.app, secret);
    const events = await dumpConversations(client, keyring, history);
    await dumpReads(client, history);
    await dumpWitness(client, history);
    await dumpAudit(client, auditLog({ database, keyring }), history);
    keyring.close();
    history.note({ who: "dump", what: "dump.end", events });
  } finally {
    await client.end();
    await database.close();
  }
}
