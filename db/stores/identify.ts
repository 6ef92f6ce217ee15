import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { customerIdentified } from "#core/audit-entries.ts";
import { visitorName, type Identity } from "#core/ports/customers.ts";
import type { Keyring } from "../cipher/keyring.ts";
import type { Door } from "../open.ts";
import { customerIdentities, customers } from "../schema/people.ts";
import { writeAudit } from "./audit-entry.ts";
import { externalIndex, externalRow, openCustomer, sealCustomer, sealName, type Whose } from "./customer-people.ts";
import { customerSession, type KeyedSession } from "./customer-sessions.ts";
import { becomeKnown, Overtaken, type Introduction } from "./identify-steps.ts";
import { system } from "./organisations.ts";

type CustomerRow = typeof customers.$inferSelect;

/** Makes a session's customer known; gives the ids of the conversations that moved. */
export async function identify(
  door: Door,
  keyring: Keyring,
  sessionId: string,
  { identity, requestId }: { readonly identity: Identity; readonly requestId: string },
): Promise<readonly string[]> {
  for (;;) {
    const session = await customerSession(door, keyring, sessionId);
    if (!session) return [];
    const introduction = await prepare(door, keyring, session, identity);
    try {
      return await door.withCtx(system(session.orgId), async (db) => {
        const moved = await becomeKnown(db, keyring, introduction);
        const became = { id: introduction.becomes.id, moved: moved.length };
        await writeAudit(db, keyring, customerIdentified(session, became, requestId));
        return moved;
      });
    } catch (error) {
      if (introduction.newcomer) keyring.forget(introduction.newcomer.key.id);
      if (!(error instanceof Overtaken)) throw error;
    }
  }
}

/** All that reads keys and seals, so that the transaction holds its locks for as short as can be. */
async function prepare(door: Door, keyring: Keyring, session: KeyedSession, identity: Identity): Promise<Introduction> {
  const { known, self } = await look(door, keyring, session, identity);
  const texts = {
    name: identity.name ?? undefined,
    email: identity.email ?? undefined,
    ...(known && !session.verified && (await seenOn(keyring, self))),
  };
  if (!known && session.verified) return newcomer(keyring, session, self, identity);
  const becomes = known ?? self;
  const before = await openCustomer(keyring, becomes, "name", becomes.name);
  return {
    session,
    becomes,
    newcomer: undefined,
    identity: known ? undefined : await sealIdentity(keyring, becomes, identity),
    row: { ...(await sealCustomer(keyring, becomes, texts)), verified: true },
    isRenamed: !becomes.verified || (identity.name ?? before) !== before,
  };
}

/** The session's customer, and the one who already has this identity. */
function look(door: Door, keyring: Keyring, { orgId, customerId }: KeyedSession, { externalId }: Identity) {
  return door.withCtx(system(orgId), async (db) => {
    const external = eq(customerIdentities.externalIndex, externalIndex(keyring, orgId, externalId));
    const [[self], [known]] = await Promise.all([
      db
        .select()
        .from(customers)
        .where(and(eq(customers.id, customerId), eq(customers.orgId, orgId))),
      db
        .select({ customer: customers })
        .from(customerIdentities)
        .innerJoin(customers, eq(customers.id, customerIdentities.customerId))
        .where(and(eq(customerIdentities.orgId, orgId), external)),
    ]);
    if (!self) throw new Error(`There is no customer ${customerId}`);
    return { self, known: known?.customer };
  });
}

/** Somebody known who comes as somebody else is another customer, on the same device. */
async function newcomer(
  keyring: Keyring,
  session: KeyedSession,
  like: CustomerRow,
  identity: Identity,
): Promise<Introduction> {
  const id = randomUUID();
  const { orgId } = session;
  const key = await keyring.forge({ kind: "customer", orgId, subjectId: id });
  const whose = { id, orgId, keyId: key.id };
  const texts = { email: identity.email ?? undefined, ...(await seenOn(keyring, like)) };
  const sealed = await sealCustomer(keyring, whose, texts);
  const name = await sealName(keyring, whose, identity.name ?? visitorName);
  return {
    session,
    becomes: whose,
    newcomer: { key, row: { ...whose, ...sealed, name } },
    identity: await sealIdentity(keyring, whose, identity),
    row: { verified: true },
    isRenamed: false,
  };
}

/** Who comes back on another device is shown with that one from now on. */
async function seenOn(keyring: Keyring, like: CustomerRow): Promise<{ device?: string; language?: string }> {
  const device = await openCustomer(keyring, like, "device", like.device);
  const language = await openCustomer(keyring, like, "language", like.language);
  return { ...(device !== null && { device }), ...(language !== null && { language }) };
}

async function sealIdentity(
  keyring: Keyring,
  { id: customerId, orgId, keyId }: Whose,
  { externalId }: Identity,
): Promise<typeof customerIdentities.$inferInsert> {
  const id = randomUUID();
  const sealed = await keyring.seal(keyId, externalRow(orgId, id), externalId);
  return { id, orgId, customerId, externalId: sealed, externalIndex: externalIndex(keyring, orgId, externalId) };
}
