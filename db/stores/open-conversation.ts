import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { conversationOpened } from "#core/audit-entries.ts";
import type { Customers } from "#core/ports/customers.ts";
import type { KeyRow } from "../cipher/key-shelf.ts";
import type { Keyring } from "../cipher/keyring.ts";
import { columnRow } from "../cipher/rows.ts";
import type { Door } from "../open.ts";
import type { ScopedDb } from "../scope.ts";
import { writeAudit } from "./audit-entry.ts";
import { customerSession, type KeyedSession } from "./customer-sessions.ts";
import { system } from "./organisations.ts";

type Opening = Parameters<Customers["openConversation"]>[1] & { readonly requestId: string };
type Opened = Awaited<ReturnType<Customers["openConversation"]>>;
type Prepared = { readonly id: string; readonly key: KeyRow; readonly page: Buffer | null };

/** Opens a conversation for whoever the session's customer is at that moment. */
export async function openConversation(
  door: Door,
  keyring: Keyring,
  sessionId: string,
  opening: Opening,
): Promise<Opened> {
  for (;;) {
    const session = await customerSession(door, keyring, sessionId);
    if (!session) throw new Error("The session has ended");
    // Before the transaction: making a key may read the ones above it.
    const prepared = await prepare(keyring, session, opening.page);
    const opened = await door.withCtx(system(session.orgId), async (db) => {
      const kept = await keep(db, session, opening, prepared);
      if (kept?.created)
        await writeAudit(db, keyring, conversationOpened(session, kept.conversationId, opening.requestId));
      return kept;
    });
    if (!opened?.created) keyring.forget(prepared.key.id);
    if (opened) return opened;
  }
}

async function prepare(keyring: Keyring, { orgId, keyId }: KeyedSession, page: Opening["page"]): Promise<Prepared> {
  const id = randomUUID();
  const key = await keyring.forge({ kind: "conversation", orgId, subjectId: id, parentId: keyId });
  const sealed = page && (await keyring.seal(key.id, pageRow(orgId, id), JSON.stringify(page)));
  return { id, key, page: sealed ?? null };
}

/** `undefined`: the session has become another customer's meanwhile, so the key is wrapped by the wrong one. */
async function keep(
  db: ScopedDb,
  session: KeyedSession,
  { clientId, at }: Opening,
  { id, key, page }: Prepared,
): Promise<Opened | undefined> {
  // Held until the end: nobody turns out to be another customer while a conversation is opened for them.
  const held = await db.execute<{ customer_id: string }>(
    sql`select customer_id from roomdesk.sessions where id = ${session.id} and ended_at is null for share`,
  );
  if (held.rows[0]?.customer_id !== session.customerId) return undefined;
  const { rows } = await db.execute<{ conversation_id: string; created: boolean }>(
    sql`select * from roomdesk.open_conversation(${id}, ${session.inboxId}, ${session.customerId}, ${randomUUID()},
      ${clientId}, ${randomUUID()}, ${at}, ${page}, ${key.id}, ${key.kek}, ${key.wrapped})`,
  );
  return rows[0] && { conversationId: rows[0].conversation_id, created: rows[0].created };
}

/** What the page a conversation was opened on is bound to. */
export const pageRow = (orgId: string, conversationId: string): string =>
  columnRow(orgId, "chat_sessions", conversationId, "page");
