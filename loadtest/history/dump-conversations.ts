import type pg from "pg";
import type { Keyring } from "#db/cipher/keyring.ts";
import { openBody, type TextScope } from "#db/stores/event-texts.ts";
import { textHash } from "./lines.ts";
import type { By, EventFacts } from "./shared-lines.ts";
import type { HistoryWriter } from "./writer.ts";

const who = "dump";

type ConversationRow = {
  readonly id: string;
  readonly org: string;
  readonly dek: string;
  readonly customer: string;
  readonly author: string;
  readonly status: "open" | "closed";
  readonly head: number;
  readonly public_head: number;
  readonly epoch: number;
  readonly owner: string | null;
};
type EventRow = {
  readonly seq: number;
  readonly id: string;
  readonly key: string;
  readonly side: By["side"];
  readonly author: string;
  readonly type: string;
  readonly internal: boolean;
  readonly at: number;
  readonly target: string | null;
  readonly version: number | null;
  readonly sealed: Buffer | null;
  readonly n: number | null;
  readonly epoch: number | null;
  readonly owner: string | null;
};
type MessageRow = Pick<EventRow, "seq" | "id" | "internal" | "side" | "author" | "sealed"> & {
  readonly version: number;
  readonly event: string;
  readonly deleted: boolean;
};

/** @returns how many events there are */
export async function dumpConversations(client: pg.Client, keyring: Keyring, history: HistoryWriter): Promise<number> {
  const isWatched = await hasWitness(client);
  const { rows } = await client.query<ConversationRow>(
    `select id, org_id as org, dek_id as dek, customer_id as customer, customer_author as author, status,
       last_seq as head, public_seq as public_head, epoch, owner_node as owner from roomdesk.chat_sessions order by id`,
  );
  let events = 0;
  for (const row of rows) {
    const { id: conversation, org, customer, author: customerAuthor, status, head, public_head, epoch, owner } = row;
    const facts = { conversation, org, customer, customerAuthor, status, head, publicHead: public_head, epoch, owner };
    history.note({ who, what: "kept.conversation", ...facts });
    const scope = { orgId: org, conversationId: conversation, dekId: row.dek };
    events += await dumpEvents(client, keyring, scope, isWatched, history);
    await dumpMessages(client, keyring, scope, history);
  }
  return events;
}

async function dumpEvents(
  client: pg.Client,
  keyring: Keyring,
  scope: TextScope,
  isWatched: boolean,
  history: HistoryWriter,
): Promise<number> {
  const [columns, join] = isWatched
    ? [
        "w.n::int, w.epoch, w.owner",
        "left join witness.events w on w.conversation = e.conversation_id and w.seq = e.seq",
      ]
    : ["null as n, null as epoch, null as owner", ""];
  const { rows } = await client.query<EventRow>(
    `select e.seq, e.id, e.client_id as key, e.author_side as side, e.author_id as author, e.type,
       e.visibility = 'internal' as internal, e.at::float8 as at, e.message_id as target, e.version, e.sealed, ${columns}
     from roomdesk.chat_events e ${join} where e.conversation_id = $1 order by e.seq`,
    [scope.conversationId],
  );
  for (const row of rows) {
    const event = await factsOf(keyring, scope, row);
    const { internal, at, n, epoch, owner } = row;
    const witness = n === null || epoch === null ? undefined : { order: n, epoch, owner };
    const seen = { internal, at, ...(witness && { witness }) };
    history.note({ who, what: "kept.event", conversation: scope.conversationId, event, ...seen });
  }
  return rows.length;
}

async function factsOf(keyring: Keyring, scope: TextScope, row: EventRow): Promise<EventFacts> {
  const { seq, id, key, side, author, type, target, version, sealed, internal } = row;
  const hasBody = type.endsWith(".posted") || type === "message.edited";
  const body = hasBody ? await openBody(keyring, scope, id, version ?? 1, sealed) : null;
  const facts: EventFacts = { seq, id, key, by: { side, id: author }, type, hash: textHash(body) };
  return target === null ? facts : { ...facts, target: { id: target, version: version ?? 1, note: internal } };
}

async function dumpMessages(
  client: pg.Client,
  keyring: Keyring,
  scope: TextScope,
  history: HistoryWriter,
): Promise<void> {
  const { rows } = await client.query<MessageRow>(
    `select seq, id, visibility = 'internal' as internal, author_side as side, author_id as author, version, sealed,
       sealed_event as event, deleted_at is not null as deleted
     from roomdesk.chat_messages where conversation_id = $1 order by seq`,
    [scope.conversationId],
  );
  for (const { seq, id, internal, side, author, version, sealed, event, deleted } of rows) {
    const hash = textHash(await openBody(keyring, scope, event, version, sealed));
    const by: By = { side, id: author };
    const facts = { seq, id, internal, by, version, hash, deleted };
    history.note({ who, what: "kept.message", conversation: scope.conversationId, ...facts });
  }
}

export async function dumpReads(client: pg.Client, history: HistoryWriter): Promise<void> {
  const { rows } = await client.query<{ conversation: string; person: string; seq: number }>(
    "select conversation_id as conversation, person_id as person, seq from roomdesk.chat_reads order by 1, 2",
  );
  for (const row of rows) history.note({ who, what: "kept.read", ...row });
}

/** What the triggers of `database-witness.ts` saw, if they were there. */
export async function dumpWitness(client: pg.Client, history: HistoryWriter): Promise<void> {
  if (!(await hasWitness(client))) return;
  type Epoch = { order: number; conversation: string; epoch: number; owner: string | null; head: number };
  const epochs = await client.query<Epoch>(
    'select n::int as "order", conversation, epoch, owner, head from witness.epochs order by n',
  );
  for (const row of epochs.rows) history.note({ who, what: "witness.epoch", ...row });
  type Read = { order: number; conversation: string; person: string; seq: number };
  const reads = await client.query<Read>(
    'select n::int as "order", conversation, person, seq from witness.reads order by n',
  );
  for (const row of reads.rows) history.note({ who, what: "witness.read", ...row });
}

async function hasWitness(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>("select to_regclass('witness.events') is not null as there");
  return rows[0]?.there ?? false;
}
