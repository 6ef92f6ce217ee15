import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openKeyring } from "#db/cipher/open-keyring.ts";
import { startEmbedded, type EmbeddedPostgres } from "#db/embedded/embedded-postgres.ts";
import { openDatabase } from "#db/open.ts";
import { conversationLog } from "#db/stores/conversation-log.ts";
import { customersStore } from "#db/stores/customers.ts";
import { newOrganisation, system } from "#db/stores/organisations.ts";
import { setupStore } from "#db/stores/setup.ts";
import { watchDatabase } from "./database-witness.ts";
import { dumpDatabase } from "./dump.ts";
import { textHash, type HistoryLine, type LineOf } from "./lines.ts";
import { readHistory } from "./reader.ts";
import { HistoryWriter } from "./writer.ts";
import pg from "pg";

const secret = "a secret for one dump";
const folder = mkdtempSync(join(tmpdir(), "roomdesk-dump-"));
let postgres: EmbeddedPostgres;

beforeAll(async () => {
  postgres = await startEmbedded({ dataDir: join(folder, "data"), say: () => undefined });
});
afterAll(async () => {
  await postgres.close();
  rmSync(folder, { recursive: true });
});

test("the dump says what is kept, with the epoch that the database itself saw, and the texts' hashes", async () => {
  const { id, author } = await talk();
  const history = new HistoryWriter(join(folder, "dump.jsonl"));
  await dumpDatabase({ url: postgres.url, secret, history });
  history.close();
  const lines: HistoryLine[] = [];
  for await (const { line } of readHistory(folder, "dump.jsonl")) lines.push(line);
  const of = <W extends HistoryLine["what"]>(what: W) => lines.filter((line): line is LineOf<W> => line.what === what);

  expect(of("kept.conversation")).toMatchObject([{ conversation: id, customerAuthor: author, head: 2, epoch: 2 }]);
  expect(of("kept.event").map(({ event, witness }) => [event.seq, event.hash, witness?.epoch, witness?.owner])).toEqual(
    [
      [1, null, 0, null],
      [2, textHash("Good morning"), 2, "second"],
    ],
  );
  expect(of("kept.message")).toMatchObject([{ seq: 2, hash: textHash("Good morning"), version: 1, deleted: false }]);
  expect(of("witness.epoch").map(({ epoch, owner, head }) => [epoch, owner, head])).toEqual([
    [1, "first", 1],
    [2, "second", 1],
  ]);
  expect(of("witness.read").map(({ person, seq }) => [person, seq])).toEqual([
    [author, 1],
    [author, 2],
  ]);
  expect(of("kept.read")).toMatchObject([{ person: author, seq: 2 }]);
  expect(of("dump.end")).toMatchObject([{ events: 2 }]);
});

/** A conversation with one message, claimed twice and read to the end. */
async function talk(): Promise<{ id: string; author: string }> {
  const database = await openDatabase({ url: postgres.url, dataDir: folder, secret, say: () => undefined });
  await database.migrate();
  await watchDatabase(postgres.url);
  const keyring = await openKeyring(database.app, secret);
  const organisation = await newOrganisation(keyring, "Garden Shop");
  await database.withCtx(system(organisation.id), (db) => organisation.keep(db));
  await addInbox(organisation.id);
  const inbox = (await setupStore({ database, keyring }).inboxes(organisation.id))[0]!;
  const customers = customersStore({ database, keyring });
  const log = conversationLog({ database, keyring });
  const start = { sessionId: randomBytes(32).toString("hex"), deviceId: randomUUID(), name: "Ana" };
  const session = await customers.startAnonymous({ ...start, inbox, hint: { device: "test", language: "en" } });
  const { conversationId: id } = await customers.openConversation(
    session,
    { clientId: randomUUID(), at: 1 },
    "a request",
  );
  await log.claim(id, "first");
  const { epoch, conversation } = (await log.claim(id, "second"))!;
  const by = { side: "customer", id: conversation.customerAuthor } as const;
  const event = { seq: 2, at: 2, id: randomUUID(), by, clientId: randomUUID(), body: "Good morning" };
  await log.append({ conversationId: id, epoch, expectedHead: 1, events: [{ ...event, type: "message.posted" }] });
  await log.read(id, by, 1);
  await log.read(id, by, 2);
  log.close();
  keyring.close();
  await database.close();
  return { id, author: by.id };
}

async function addInbox(organisation: string): Promise<void> {
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query(
    "insert into roomdesk.inboxes (id, org_id, name, public_key) values (gen_random_uuid(), $1, 'Web', 'web')",
    [organisation],
  );
  await admin.end();
}
