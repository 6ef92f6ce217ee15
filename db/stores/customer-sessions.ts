import { eq } from "drizzle-orm";
import type { CustomerSessionRow } from "#core/ports/customers.ts";
import type { Keyring } from "../cipher/keyring.ts";
import type { Door } from "../open.ts";
import { customers, sessions } from "../schema/people.ts";
import type { Ctx } from "../scope.ts";
import { openCustomer } from "./customer-people.ts";

export const asCustomer = (org: string, uid: string): Ctx => ({ org, uid, role: "customer" });

export type KeyedSession = CustomerSessionRow & {
  /** The customer's key. */
  readonly keyId: string;
};

/** A live session with its customer as both are now; read as that customer. */
export async function customerSession(
  door: Door,
  keyring: Keyring,
  id: string,
  patience = 3,
): Promise<KeyedSession | undefined> {
  const [found] = await door.call<{ org_id: string; customer_id: string | null }>(
    "select org_id, customer_id from roomdesk.find_session($1)",
    [id],
  );
  if (!found?.customer_id || patience === 0) return undefined;
  const { org_id: orgId, customer_id: customerId } = found;
  const [row] = await door.withCtx(asCustomer(orgId, customerId), (db) =>
    db
      .select({ session: sessions, customer: customers })
      .from(sessions)
      .innerJoin(customers, eq(customers.id, sessions.customerId))
      .where(eq(sessions.id, id)),
  );
  // It became another customer's between the two questions.
  if (!row) return customerSession(door, keyring, id, patience - 1);
  const { session, customer } = row;
  const name = await openCustomer(keyring, customer, "name", customer.name);
  return {
    ...{ id, orgId, customerId, keyId: customer.keyId },
    inboxId: session.inboxId ?? "",
    customerName: name ?? "",
    verified: customer.verified,
    deviceId: session.deviceId ?? "",
  };
}
