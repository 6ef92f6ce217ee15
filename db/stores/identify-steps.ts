import { eq, inArray, sql } from "drizzle-orm";
import { keepKey, type KeyRow } from "../cipher/key-shelf.ts";
import type { Keyring } from "../cipher/keyring.ts";
import { moveKeys } from "../cipher/move-keys.ts";
import { customerIdentities, customers, sessions } from "../schema/people.ts";
import type { ScopedDb } from "../scope.ts";
import type { KeyedSession } from "./customer-sessions.ts";

/** What is to be done, worked out and sealed before the transaction that does it. */
export type Introduction = {
  readonly session: KeyedSession;
  /** Who the session's customer becomes: themselves, an earlier known one, or somebody new. */
  readonly becomes: { readonly id: string; readonly keyId: string };
  /** Present when that customer is made now. */
  readonly newcomer: { readonly key: KeyRow; readonly row: typeof customers.$inferInsert } | undefined;
  /** Present when nobody has this identity yet. */
  readonly identity: typeof customerIdentities.$inferInsert | undefined;
  /** What the customer's row says from now on. */
  readonly row: Partial<typeof customers.$inferInsert>;
  /** Whether the lists of the desk show it. */
  readonly isRenamed: boolean;
};

/** Another tab was faster: who is who must be looked at again, and nothing of this kept. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
}

/**
 * In one transaction the customer is known, the session is theirs, and an anonymous customer's conversations have moved
 * with their keys. Locks go session → customers → conversations → inboxes, as in all that opens or moves conversations.
 */
export async function becomeKnown(
  db: ScopedDb,
  keyring: Keyring,
  introduction: Introduction,
): Promise<readonly string[]> {
  const { session, becomes, newcomer, identity, row, isRenamed } = introduction;
  await holdSession(db, session);
  if (newcomer) {
    await keepKey(db, newcomer.key);
    await db.insert(customers).values(newcomer.row);
  }
  await holdCustomers(db, introduction);
  if (identity) await takeIdentity(db, identity);
  await db.update(customers).set(row).where(eq(customers.id, becomes.id));
  const moved = becomes.id === session.customerId ? [] : await moveTo(db, keyring, introduction);
  if (isRenamed) await db.execute(sql`select roomdesk.touch_conversations(${becomes.id})`);
  return moved;
}

async function holdSession(db: ScopedDb, { id, customerId }: KeyedSession): Promise<void> {
  const [held] = await db.select().from(sessions).where(eq(sessions.id, id)).for("update");
  if (held?.customerId !== customerId || held.endedAt !== null) throw new Overtaken();
}

async function holdCustomers(db: ScopedDb, { session, becomes }: Introduction): Promise<void> {
  const held = await db
    .select()
    .from(customers)
    .where(inArray(customers.id, [session.customerId, becomes.id]))
    .orderBy(customers.id)
    .for("no key update");
  const self = held.find(({ id }) => id === session.customerId);
  if (self?.verified !== session.verified) throw new Overtaken();
}

async function takeIdentity(db: ScopedDb, identity: typeof customerIdentities.$inferInsert): Promise<void> {
  const { rowCount } = await db.insert(customerIdentities).values(identity).onConflictDoNothing();
  if (rowCount !== 1) throw new Overtaken();
}

async function moveTo(db: ScopedDb, keyring: Keyring, { session, becomes }: Introduction): Promise<readonly string[]> {
  // Somebody known leaves their history behind: only this session goes.
  if (session.verified) {
    await db.update(sessions).set({ customerId: becomes.id }).where(eq(sessions.id, session.id));
    return [];
  }
  await db.update(sessions).set({ customerId: becomes.id }).where(eq(sessions.customerId, session.customerId));
  const { rows } = await db.execute<{ id: string }>(
    sql`select roomdesk.move_conversations(${session.customerId}, ${becomes.id}) as id`,
  );
  await moveKeys(db, keyring, session.keyId, becomes.keyId);
  return rows.map(({ id }) => id);
}
