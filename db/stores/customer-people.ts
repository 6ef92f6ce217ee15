import type { Keyring } from "../cipher/keyring.ts";
import { columnRow } from "../cipher/rows.ts";
import { normalEmail } from "#core/email.ts";
import type { customers } from "../schema/people.ts";

/** What a customer's own key seals. `undefined` leaves a column as it is. */
export type CustomerTexts = {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly device?: string | undefined;
  readonly language?: string | undefined;
};
/** A customer and the key that seals what is known of them. */
export type Whose = { readonly id: string; readonly orgId: string; readonly keyId: string };
type Columns = Partial<Pick<typeof customers.$inferInsert, "name" | "email" | "emailIndex" | "device" | "language">>;

export async function sealCustomer(keyring: Keyring, whose: Whose, texts: CustomerTexts): Promise<Columns> {
  const columns: Columns = {};
  for (const column of ["name", "email", "device", "language"] as const) {
    const text = texts[column];
    if (text !== undefined) columns[column] = await keyring.seal(whose.keyId, rowOf(whose, column), text);
  }
  if (texts.email !== undefined)
    columns.emailIndex = keyring.blindIndex(`customers.email ${whose.orgId}`, normalEmail(texts.email));
  return columns;
}

/** The one text that every customer has. */
export const sealName = (keyring: Keyring, whose: Whose, name: string): Promise<Buffer> =>
  keyring.seal(whose.keyId, rowOf(whose, "name"), name);

/** One column opened; `null` when it is empty or can no longer be read. */
export const openCustomer = (
  keyring: Keyring,
  whose: Whose,
  column: keyof CustomerTexts,
  bytes: Uint8Array | null,
): Promise<string | null> =>
  bytes === null ? Promise.resolve(null) : keyring.open(whose.keyId, rowOf(whose, column), bytes);

/** Finds who a host's server says somebody is; of one organisation only, so that none can be compared with another's. */
export const externalIndex = (keyring: Keyring, orgId: string, externalId: string): Buffer =>
  keyring.blindIndex(`customer_identities.external_id ${orgId}`, externalId);

export const externalRow = (orgId: string, identityId: string): string =>
  columnRow(orgId, "customer_identities", identityId, "external_id");

const rowOf = ({ orgId, id }: Whose, column: string): string => columnRow(orgId, "customers", id, column);
