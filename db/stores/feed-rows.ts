import { sql, type SQL } from "drizzle-orm";
import type { FeedRow } from "#core/ports/workspace-feed.ts";
import type { Status } from "#protocol/conversation.ts";
import type { Keyring } from "../cipher/keyring.ts";
import { columnRow } from "../cipher/rows.ts";
import type { ScopedDb } from "../scope.ts";
import { openCustomer } from "./customer-people.ts";
import { openBody, openName, type TextScope } from "./event-texts.ts";

/** A row of the feed with its texts still sealed. Everything in it is of one moment: one statement reads it. */
export type SealedFeedRow = {
  readonly id: string;
  readonly org_id: string;
  readonly inbox_id: string;
  readonly inbox_name: string;
  readonly dek_id: string;
  readonly status: Status;
  readonly last_seq: number;
  readonly opened_at: string;
  readonly last_at: string;
  readonly waiting_since: string | null;
  readonly changed: string;
  readonly customer_messages: number;
  readonly customer_id: string;
  readonly customer_key: string;
  readonly customer_name: Buffer;
  readonly verified: boolean;
  readonly org_key: string;
  readonly message: SealedLastMessage | null;
  readonly joined: readonly { readonly id: string; readonly event: string; readonly name: string }[];
};

/** Bytes are base64 here. */
type SealedLastMessage = {
  readonly side: "customer" | "staff";
  readonly author: string;
  readonly name: string | null;
  readonly sealed: string | null;
  readonly event: string;
  readonly version: number;
  readonly deleted: boolean;
};

/** Which of them, and in which order, is settled before anything is joined to them: only what is shown is read. */
export async function feedRows(db: ScopedDb, where: SQL, order: SQL, limit?: number): Promise<SealedFeedRow[]> {
  const { rows } = await db.execute<SealedFeedRow>(sql`
    select s.id, s.org_id, s.inbox_id, i.name as inbox_name, s.dek_id, s.status, s.last_seq, s.opened_at, s.last_at,
      s.waiting_since, s.changed, s.customer_messages, s.customer_id, c.key_id as customer_key, c.name as customer_name,
      c.verified, o.key_id as org_key,
      (select jsonb_build_object('side', m.author_side, 'author', m.author_id, 'name', encode(u.name, 'base64'),
          'sealed', encode(m.sealed, 'base64'), 'event', m.sealed_event, 'version', m.version,
          'deleted', m.deleted_at is not null)
        from roomdesk.chat_messages m left join roomdesk.users u on m.author_side = 'staff' and u.id = m.author_id
        where m.conversation_id = s.id and m.seq = s.last_message_seq) as message,
      coalesce((select jsonb_agg(jsonb_build_object('id', j.user_id, 'event', j.name_event,
          'name', encode(j.name, 'base64')) order by j.at, j.user_id)
        from roomdesk.chat_members j where j.conversation_id = s.id and j.joined), '[]') as joined
    from (select * from roomdesk.chat_sessions s where ${where} order by ${order}
        ${limit === undefined ? sql`` : sql`limit ${limit}`}) s
      join roomdesk.inboxes i on i.id = s.inbox_id
      join roomdesk.customers c on c.id = s.customer_id
      join roomdesk.organisations o on o.id = s.org_id
    order by ${order}`);
  return rows;
}

/** Opening may read keys, one connection each: a workspace of thousands of rows goes through in parts. */
const atOnce = 64;

export async function openFeedRows(keyring: Keyring, rows: readonly SealedFeedRow[]): Promise<FeedRow[]> {
  const opened: FeedRow[] = [];
  for (let from = 0; from < rows.length; from += atOnce)
    opened.push(...(await Promise.all(rows.slice(from, from + atOnce).map((row) => openFeedRow(keyring, row)))));
  return opened;
}

async function openFeedRow(keyring: Keyring, row: SealedFeedRow): Promise<FeedRow> {
  const scope = { orgId: row.org_id, conversationId: row.id, dekId: row.dek_id };
  const whose = { id: row.customer_id, orgId: row.org_id, keyId: row.customer_key };
  // The texts first: their key's chain brings the customer's key along.
  const text = row.message && (await openText(keyring, scope, row.message));
  const joined = row.joined.map(async ({ id, event, name }) => ({
    id,
    name: await openName(keyring, scope, event, Buffer.from(name, "base64")),
  }));
  const name = (await openCustomer(keyring, whose, "name", row.customer_name)) ?? "";
  return {
    id: row.id,
    inboxId: row.inbox_id,
    inboxName: row.inbox_name,
    customer: { id: row.customer_id, name, verified: row.verified },
    status: row.status,
    head: row.last_seq,
    openedAt: Number(row.opened_at),
    lastAt: Number(row.last_at),
    lastLine: row.message && (await lastLine(keyring, row, row.message, text, name)),
    waitingSince: row.waiting_since === null ? null : Number(row.waiting_since),
    joined: await Promise.all(joined),
    changed: Number(row.changed),
    customerMessages: row.customer_messages,
  };
}

const openText = (keyring: Keyring, scope: TextScope, message: SealedLastMessage): Promise<string | null> =>
  openBody(
    keyring,
    scope,
    message.event,
    message.version,
    message.sealed === null ? null : Buffer.from(message.sealed, "base64"),
  );

async function lastLine(
  keyring: Keyring,
  { org_id, org_key }: SealedFeedRow,
  { side, author, name, deleted }: SealedLastMessage,
  text: string | null,
  customerName: string,
): Promise<FeedRow["lastLine"]> {
  if (side === "customer") return { text, side, name: customerName, deleted };
  const bytes = Buffer.from(name ?? "", "base64");
  const opened = await keyring.open(org_key, columnRow(org_id, "users", author, "name"), bytes);
  return { text, side, name: opened ?? "", deleted };
}
