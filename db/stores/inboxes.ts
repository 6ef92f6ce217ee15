import { randomBytes, randomUUID } from "node:crypto";
import { eq, getTableColumns } from "drizzle-orm";
import type { Inbox } from "#core/ports/customers.ts";
import type { Keyring } from "../cipher/keyring.ts";
import { columnRow } from "../cipher/rows.ts";
import { inboxes } from "../schema/inboxes.ts";
import { organisations } from "../schema/organisations.ts";
import type { ScopedDb } from "../scope.ts";
import type { Organisation } from "./organisations.ts";

export type NewInbox = {
  readonly name: string;
  readonly origins?: readonly string[];
  readonly identitySecret?: string;
};

type InboxRow = typeof inboxes.$inferSelect & { readonly organisation: string; readonly keyId: string };

export const newInboxKey = (): string => `rd_${randomBytes(12).toString("hex")}`;
export const newIdentitySecret = (): string => randomBytes(32).toString("base64url");

/** The row of a new inbox, its identity secret sealed with the organisation's key. */
export async function sealInbox(
  keyring: Keyring,
  organisation: Organisation,
  { name, origins, identitySecret }: NewInbox,
): Promise<typeof inboxes.$inferInsert> {
  const id = randomUUID();
  const orgId = organisation.id;
  const secret = identitySecret && (await keyring.seal(organisation.keyId, secretRow(orgId, id), identitySecret));
  return { id, orgId, name, publicKey: newInboxKey(), origins: [...(origins ?? [])], identitySecret: secret || null };
}

/** Inboxes as this transaction may see them, with what is needed to open them. */
export const inboxRows = (db: ScopedDb) =>
  db
    .select({ ...getTableColumns(inboxes), organisation: organisations.name, keyId: organisations.keyId })
    .from(inboxes)
    .innerJoin(organisations, eq(organisations.id, inboxes.orgId))
    .orderBy(inboxes.createdAt, inboxes.id)
    .$dynamic();

export async function openInbox(keyring: Keyring, row: InboxRow): Promise<Inbox> {
  const { id, orgId, organisation, name, publicKey: key, origins } = row;
  const identitySecret =
    row.identitySecret && (await keyring.open(row.keyId, secretRow(orgId, id), row.identitySecret));
  return { id, orgId, organisation, name, key, origins, identitySecret };
}

const secretRow = (orgId: string, id: string): string => columnRow(orgId, "inboxes", id, "identity_secret");
