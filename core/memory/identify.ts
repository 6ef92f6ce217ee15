import { customerIdentified } from "../audit-entries.ts";
import { visitorName, type CustomerSessionRow, type Identity } from "../ports/customers.ts";
import { keepAudit } from "./audit.ts";
import { keepConversation, type KeptCustomer, type MemoryDesk } from "./memory-desk.ts";

/** Makes a session's customer known, or moves the session to the customer who is; returns the conversations moved. */
export function identify(
  desk: MemoryDesk,
  session: CustomerSessionRow,
  identity: Identity,
  requestId: string,
): readonly string[] {
  // The session as it stands now: another tab may have been faster.
  const kept = desk.customerSessions.get(session.id);
  const now = kept && desk.customers.get(kept.customerId);
  if (!kept || !now) return [];
  const known = [...desk.customers.values()].find(
    (one) => one.orgId === now.orgId && one.externalId === identity.externalId,
  );
  // Somebody who is already known stays who they are: another identity is another customer.
  const before = known ?? (now.externalId === null ? now : newCustomer(desk, now));
  const after = { ...introduced(before, identity), ...(now.externalId === null && seenOn(now)) };
  const moved = now.externalId === null && after.id !== now.id ? conversationsOf(desk, now.id) : [];
  const visitor = { orgId: now.orgId, customerId: now.id };
  keepAudit(desk, customerIdentified(visitor, { id: after.id, moved: moved.length }, requestId));
  desk.customers.set(after.id, after);
  desk.customerSessions.set(session.id, { ...kept, customerId: after.id });
  for (const one of moved) keepConversation(desk, { ...one, customerId: after.id });
  if (after.name !== before.name || after.externalId !== before.externalId)
    for (const one of conversationsOf(desk, after.id)) keepConversation(desk, one);
  return moved.map((one) => one.id);
}

const introduced = (customer: KeptCustomer, { externalId, name, email }: Identity): KeptCustomer => ({
  ...customer,
  externalId,
  name: name ?? customer.name,
  email: email ?? customer.email,
});

/** Who comes back on another device is shown with that one from now on. */
const seenOn = ({ device, language }: KeptCustomer) => ({ device, language });

function newCustomer(desk: MemoryDesk, like: KeptCustomer): KeptCustomer {
  return { ...like, id: desk.newId(), name: visitorName, email: null, externalId: null, since: desk.now() };
}

const conversationsOf = (desk: MemoryDesk, customerId: string) =>
  [...desk.conversations.values()].filter((one) => one.customerId === customerId);
