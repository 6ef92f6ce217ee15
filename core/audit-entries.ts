import type { ConversationEvent } from "#protocol/conversation.ts";
import type { AuditEntry, By } from "./ports/audit.ts";
import type { CustomerSessionRow } from "./ports/customers.ts";
import type { StaffUser } from "./ports/staff.ts";

/** The server itself, of its own accord. */
export const byServer = (requestId: string): By => ({ actorId: null, actorRole: "system", requestId });

type Somebody = { readonly orgId: string; readonly id: string; readonly role: string };

// What each change says of itself, in the same words whoever keeps it.

export const deskSetUp = (admin: StaffUser, requestId: string): AuditEntry =>
  done(admin.orgId, self(admin, requestId), "desk.set_up", "organisation", admin.orgId);

export const colleagueAdded = ({ orgId, id, role }: StaffUser, by: By): AuditEntry =>
  done(orgId, by, "staff.add", "user", id, { role });

export const passwordChanged = ({ orgId, id }: Pick<StaffUser, "orgId" | "id">, by: By): AuditEntry =>
  done(orgId, by, "staff.change_password", "user", id);

export const signedIn = (user: Somebody, requestId: string): AuditEntry =>
  done(user.orgId, self(user, requestId), "staff.sign_in", "user", user.id);

/** Staff's or a customer's. */
export const signedOut = (person: Somebody, requestId: string): AuditEntry =>
  person.role === "customer"
    ? done(person.orgId, self(person, requestId), "customer.sign_out", "customer", person.id)
    : done(person.orgId, self(person, requestId), "staff.sign_out", "user", person.id);

export const signedOutEverywhere = (user: Somebody, sessions: number, requestId: string): AuditEntry =>
  done(user.orgId, self(user, requestId), "staff.sign_out_everywhere", "user", user.id, { sessions });

/** @param became whom the session belongs to from now on; often the same customer */
export const customerIdentified = (
  { orgId, customerId }: Visitor,
  became: { readonly id: string; readonly moved: number },
  requestId: string,
): AuditEntry =>
  done(orgId, customer(customerId, requestId), "customer.identify", "customer", became.id, { moved: became.moved });

export const conversationOpened = (
  { orgId, customerId }: Visitor,
  conversationId: string,
  requestId: string,
): AuditEntry => done(orgId, customer(customerId, requestId), "conversation.open", "conversation", conversationId);

/** Closed, or open again. Its request is the key under which it was asked for. */
export const statusChanged = (
  { orgId, conversationId }: { readonly orgId: string; readonly conversationId: string },
  { type, by, clientId }: Pick<ConversationEvent, "type" | "by" | "clientId">,
  role: string,
): AuditEntry =>
  done(
    orgId,
    self({ id: by.id, role }, clientId),
    type === "conversation.closed" ? "conversation.close" : "conversation.reopen",
    "conversation",
    conversationId,
  );

type Visitor = Pick<CustomerSessionRow, "orgId" | "customerId">;

const self = ({ id, role }: Omit<Somebody, "orgId">, requestId: string): By => ({
  actorId: id,
  actorRole: role,
  requestId,
});

const customer = (id: string, requestId: string): By => self({ id, role: "customer" }, requestId);

const done = (
  orgId: string,
  by: By,
  action: string,
  objectType: string,
  objectId: string,
  detail: AuditEntry["detail"] = {},
): AuditEntry => ({ orgId, ...by, action, objectType, objectId, outcome: "done", detail });
