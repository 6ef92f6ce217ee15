import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { keepKey } from "../cipher/key-shelf.ts";
import type { Keyring } from "../cipher/keyring.ts";
import type { Door } from "../open.ts";
import { organisations } from "../schema/organisations.ts";
import type { Ctx, ScopedDb } from "../scope.ts";

export type Organisation = { readonly id: string; readonly name: string; readonly keyId: string };

/** The server itself, acting for nobody within one organisation. */
export const system = (org: string): Ctx => ({ org, uid: null, role: "system" });

/** Our side of the desk, whoever it is: what any colleague may read. */
export const staffOf = (org: string, uid: string | null = null): Ctx => ({ org, uid, role: "agent" });

export async function organisationOf(door: Door, orgId: string): Promise<Organisation> {
  const [found] = await door.withCtx(system(orgId), (db) =>
    db.select().from(organisations).where(eq(organisations.id, orgId)),
  );
  if (!found) throw new Error(`There is no organisation ${orgId}`);
  return found;
}

/** A new organisation with its key; `keep` writes both in a transaction of the organisation's own. */
export async function newOrganisation(
  keyring: Keyring,
  name: string,
): Promise<Organisation & { keep(db: ScopedDb): Promise<void> }> {
  const id = randomUUID();
  const key = await keyring.forge({ kind: "organisation", orgId: id, subjectId: id });
  const organisation = { id, name, keyId: key.id };
  return {
    ...organisation,
    keep: async (db) => {
      await keepKey(db, key);
      await db.insert(organisations).values(organisation);
    },
  };
}
