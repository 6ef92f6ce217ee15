import type { CustomerConversation } from "#protocol/people.ts";
import { isPublic } from "../conversation/visible-to.ts";
import type { CustomerPanel } from "#protocol/workspace.ts";
import type { Customers, CustomerSessionRow, Identity, Inbox } from "../ports/customers.ts";
import { folded, linesFor } from "./conversation-log.ts";
import { identify } from "./identify.ts";
import { keepConversation, type KeptConversation, type MemoryDesk } from "./memory-desk.ts";

export const memoryCustomers = (desk: MemoryDesk): Customers => new MemoryCustomers(desk);

class MemoryCustomers implements Customers {
  readonly #desk: MemoryDesk;

  constructor(desk: MemoryDesk) {
    this.#desk = desk;
  }

  async inbox(key: string): Promise<Inbox | undefined> {
    return [...this.#desk.inboxes.values()].find((inbox) => inbox.key === key);
  }

  async startAnonymous(start: Parameters<Customers["startAnonymous"]>[0]): Promise<CustomerSessionRow> {
    const { sessionId, inbox, deviceId, name, hint } = start;
    const customer = { id: this.#desk.newId(), orgId: inbox.orgId, name, email: null, externalId: null, page: null };
    this.#desk.customers.set(customer.id, { ...customer, ...hint, since: this.#desk.now() });
    const session = { customerId: customer.id, inboxId: inbox.id, deviceId };
    this.#desk.customerSessions.set(sessionId, session);
    return { id: sessionId, orgId: inbox.orgId, ...session, customerName: name, verified: false };
  }

  async session(id: string): Promise<CustomerSessionRow | undefined> {
    return sessionRow(this.#desk, id);
  }

  async endSession(id: string): Promise<void> {
    this.#desk.customerSessions.delete(id);
  }

  async useOnce(orgId: string, jti: string, expiresAt: number): Promise<boolean> {
    const key = JSON.stringify([orgId, jti]);
    if ((this.#desk.usedTokens.get(key) ?? 0) > this.#desk.now()) return false;
    this.#desk.usedTokens.set(key, expiresAt);
    return true;
  }

  async identify(session: CustomerSessionRow, identity: Identity): ReturnType<Customers["identify"]> {
    const moved = identify(this.#desk, session, identity);
    return { session: sessionRow(this.#desk, session.id) ?? session, moved };
  }

  async openConversation(
    session: CustomerSessionRow,
    { clientId, at, page }: Parameters<Customers["openConversation"]>[1],
  ): ReturnType<Customers["openConversation"]> {
    const { customerId } = sessionRow(this.#desk, session.id) ?? session;
    const known = ownedBy(this.#desk, customerId).find((one) => one.events[0]?.clientId === clientId);
    if (known) return { conversationId: known.id, created: false };
    const customer = this.#desk.customers.get(customerId);
    if (customer && page) this.#desk.customers.set(customerId, { ...customer, page });
    return { conversationId: open(this.#desk, { ...session, customerId }, clientId, at), created: true };
  }

  async conversations(session: CustomerSessionRow): Promise<readonly CustomerConversation[]> {
    return ownedBy(this.#desk, session.customerId)
      .filter((one) => one.inboxId === session.inboxId)
      .map((one) => asCustomersSee(this.#desk, one))
      .sort((a, b) => b.lastAt - a.lastAt);
  }

  async seatOf(session: CustomerSessionRow, conversationId: string): ReturnType<Customers["seatOf"]> {
    const found = this.#desk.conversations.get(conversationId);
    if (found?.customerId !== session.customerId) return undefined;
    return { author: found.customerAuthor, name: this.#desk.customers.get(session.customerId)?.name ?? "" };
  }

  async panel(orgId: string, customerId: string): Promise<CustomerPanel | undefined> {
    const customer = this.#desk.customers.get(customerId);
    if (customer?.orgId !== orgId) return undefined;
    const { id, name, email, externalId, since, page, device, language } = customer;
    const conversations = ownedBy(this.#desk, customerId).map((one) => ({
      id: one.id,
      status: folded(this.#desk, one).status,
      openedAt: one.events[0]?.at ?? 0,
      lastLine: lastText(one),
    }));
    conversations.sort((a, b) => b.openedAt - a.openedAt);
    return { id, name, email, externalId, verified: externalId !== null, since, page, device, language, conversations };
  }
}

const ownedBy = (desk: MemoryDesk, customerId: string): KeptConversation[] =>
  [...desk.conversations.values()].filter((one) => one.customerId === customerId);

function sessionRow(desk: MemoryDesk, id: string): CustomerSessionRow | undefined {
  const session = desk.customerSessions.get(id);
  const customer = session && desk.customers.get(session.customerId);
  if (!customer) return undefined;
  const { orgId, name, externalId } = customer;
  return { id, orgId, ...session, customerName: name, verified: externalId !== null };
}

function open(desk: MemoryDesk, session: CustomerSessionRow, clientId: string, at: number): string {
  const id = desk.newId();
  const customerAuthor = desk.newId();
  const by = { side: "customer", id: customerAuthor } as const;
  keepConversation(desk, {
    id,
    orgId: session.orgId,
    inboxId: session.inboxId,
    customerId: session.customerId,
    customerAuthor,
    epoch: 0,
    ownerNode: null,
    events: [{ type: "conversation.opened", seq: 1, at, id: desk.newId(), by, clientId }],
    reads: new Map(),
    changed: 0,
  });
  return id;
}

const lastText = (one: KeptConversation): string | null => {
  const line = linesFor(one, "customer").findLast((said) => said.kind === "message");
  return line?.kind === "message" ? line.body : null;
};

function asCustomersSee(desk: MemoryDesk, one: KeptConversation): CustomerConversation {
  const read = one.reads.get(one.customerAuthor) ?? 0;
  const unread = linesFor(one, "customer").filter(
    (line) => line.kind === "message" && line.by.side !== "customer" && line.deleted === null && line.seq > read,
  );
  // A note must not show itself to the customer, not even as a newer time.
  const lastAt = one.events.findLast(isPublic)?.at ?? 0;
  return { id: one.id, status: folded(desk, one).status, unread: unread.length, lastAt, lastLine: lastText(one) };
}
