import { randomUUID } from "node:crypto";
import { eq, getTableColumns } from "drizzle-orm";
import { normalEmail } from "#core/email.ts";
import type { NewStaffUser, StaffUser } from "#core/ports/staff.ts";
import type { Keyring } from "../cipher/keyring.ts";
import { columnRow } from "../cipher/rows.ts";
import { organisations } from "../schema/organisations.ts";
import { users } from "../schema/people.ts";
import type { ScopedDb } from "../scope.ts";
import type { Organisation } from "./organisations.ts";

export type UserRow = typeof users.$inferSelect & { readonly organisation: string; readonly keyId: string };

/** Finds an address without keeping it readable. Over all organisations: a sign-in names an address only. */
export const emailIndex = (keyring: Keyring, email: string): Buffer =>
  keyring.blindIndex("users.email", normalEmail(email));

/** The row of a new colleague, name and address sealed with the organisation's key. */
export async function sealUser(
  keyring: Keyring,
  organisation: Organisation,
  { email, name, role, passwordHash }: Omit<NewStaffUser, "orgId">,
): Promise<{ row: typeof users.$inferInsert; user: StaffUser }> {
  const id = randomUUID();
  const orgId = organisation.id;
  const normal = normalEmail(email);
  const row = {
    ...{ id, orgId, role, passwordHash },
    name: await keyring.seal(organisation.keyId, columnRow(orgId, "users", id, "name"), name),
    email: await keyring.seal(organisation.keyId, columnRow(orgId, "users", id, "email"), normal),
    emailIndex: emailIndex(keyring, email),
  };
  return { row, user: { id, orgId, organisation: organisation.name, role, name, email: normal } };
}

/** Colleagues as this transaction may see them, with what is needed to open them. */
export const userRows = (db: ScopedDb) =>
  db
    .select({ ...getTableColumns(users), organisation: organisations.name, keyId: organisations.keyId })
    .from(users)
    .innerJoin(organisations, eq(organisations.id, users.orgId))
    .$dynamic();

export async function openUser(keyring: Keyring, row: UserRow): Promise<StaffUser> {
  const { id, orgId, organisation, role, keyId } = row;
  const [name, email] = await Promise.all([
    keyring.open(keyId, columnRow(orgId, "users", id, "name"), row.name),
    keyring.open(keyId, columnRow(orgId, "users", id, "email"), row.email),
  ]);
  return { id, orgId, organisation, role, name: name ?? "", email: email ?? "" };
}
