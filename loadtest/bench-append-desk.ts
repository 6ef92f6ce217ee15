import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { openKeyring } from "#db/cipher/open-keyring.ts";
import type { Keyring } from "#db/cipher/keyring.ts";
import { startEmbedded } from "#db/embedded/embedded-postgres.ts";
import { openDatabase, type Database } from "#db/open.ts";
import { loginAddress } from "#db/open/logins.ts";
import { conversationLog } from "#db/stores/conversation-log.ts";
import { customersStore } from "#db/stores/customers.ts";
import { newOrganisation, system } from "#db/stores/organisations.ts";
import { setupStore } from "#db/stores/setup.ts";

/** A conversation somebody appends to, owned by this process. */
export type BenchConversation = { readonly id: string; readonly author: string; readonly epoch: number; head: number };

export type BenchDesk = {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly conversations: readonly BenchConversation[];
  /** The writer's address, for connections of one's own. */
  readonly logUrl: string;
  readonly postgresPid: number;
  /** How many events the database holds of the conversations. */
  readonly countEvents: () => Promise<number>;
  close(): Promise<void>;
};

// More than there are connections: single calls must not queue for the number of one inbox's feed.
const inboxCount = 64;
const openAtOnce = 8;
const secret = "a secret for one bench";

/** A PostgreSQL of its own, with fsync as people run it, and conversations to append to. */
export async function benchDesk(count: number, say: (line: string) => void): Promise<BenchDesk> {
  const folder = mkdtempSync(join(tmpdir(), "roomdesk-bench-"));
  const embedded = await startEmbedded({ dataDir: join(folder, "data"), say: () => undefined });
  const database = await openDatabase({ url: embedded.url, dataDir: folder, secret, say });
  await database.migrate();
  const keyring = await openKeyring(database.app, secret);
  const admin = new pg.Client({ connectionString: embedded.url });
  await admin.connect();
  say(`opening ${count} conversations`);
  const conversations = await open(database, keyring, admin, count);
  return {
    database,
    keyring,
    conversations,
    logUrl: loginAddress(embedded.url, "log", secret),
    postgresPid: embedded.pid,
    countEvents: async () => {
      const { rows } = await admin.query<{ n: number }>("select count(*)::int as n from roomdesk.chat_events");
      return rows[0]?.n ?? 0;
    },
    close: async () => {
      await admin.end();
      keyring.close();
      await database.close();
      await embedded.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function open(database: Database, keyring: Keyring, admin: pg.Client, count: number) {
  const organisation = await newOrganisation(keyring, "Bench");
  await database.withCtx(system(organisation.id), (db) => organisation.keep(db));
  await admin.query(
    `insert into roomdesk.inboxes (id, org_id, name, public_key)
     select gen_random_uuid(), $1, 'Bench ' || n, 'bench-' || n from generate_series(1, $2) n`,
    [organisation.id, inboxCount],
  );
  const inboxes = await setupStore({ database, keyring }).inboxes(organisation.id);
  const customers = customersStore({ database, keyring });
  const log = conversationLog({ database, keyring });
  const hint = { device: "bench", language: "en" };
  const startIn = (inbox: (typeof inboxes)[number]) =>
    customers.startAnonymous({
      ...{ sessionId: randomBytes(32).toString("hex"), deviceId: randomUUID() },
      ...{ inbox, name: "Ana", hint },
    });
  const sessions = await Promise.all(inboxes.map(startIn));
  const opened: BenchConversation[] = [];
  const one = async (i: number): Promise<BenchConversation> => {
    const session = sessions[i % sessions.length]!;
    const opening = { clientId: randomUUID(), at: Date.now() };
    const { conversationId: id } = await customers.openConversation(session, opening, "request");
    const claimed = await log.claim(id, "bench");
    if (!claimed) throw new Error(`The conversation ${id} was opened and is not there`);
    const { customerAuthor: author, head } = claimed.conversation;
    return { id, author, epoch: claimed.epoch, head };
  };
  for (let i = 0; i < count; i += openAtOnce)
    opened.push(...(await Promise.all(Array.from({ length: Math.min(openAtOnce, count - i) }, (_, j) => one(i + j)))));
  log.close();
  return opened;
}
