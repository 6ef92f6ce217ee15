import { conversationOpened, signedOut } from "../audit-entries.ts";
import type { CustomerConversation } from "#protocol/people.ts";
import { isPublic } from "../conversation/visible-to.ts";
import type { CustomerPanel } from "#protocol/workspace.ts";
import type { Customers, CustomerSessionRow, Identity, Inbox } from "../ports/customers.ts";
import { keepAudit } from "./audit.ts";
import { folded, linesFor } from "./conversation-log.ts";
import { identify } from "./identify.ts";
import { keepConversation, type KeptConversation, type MemoryDesk } from "./memory-desk.ts";

type Opening = Parameters<Customers["openConversation"]>[1];

export const memoryCustomers = (desk: MemoryDesk): Customers => new MemoryCustomers(desk);

class MemoryCustomers implements Customers {
  readonly #desk: MemoryDesk;

  constructor(desk: MemoryDesk) {
    this.#desk = desk;
  }

  async inbox(key: string): Promise<Inbox | undefined> {
    return [...this.#desk.inboxes.values()].find((inbox) => inbox.key === key);
  }

  async embeddingPages(): Promise<readonly string[] | undefined> {
    const all = [...this.#desk.inboxes.values()].map(({ origins }) => origins);
    return all.some((origins) => origins.length === 0) ? undefined : [...new Set(all.flat())];
  }

  async startAnonymous(start: Parameters<Customers["startAnonymous"]>[0]): Promise<CustomerSessionRow> {
    const { sessionId, inbox, deviceId, name, hint } = start;
    const customer = { id: this.#desk.newId(), orgId: inbox.orgId, name, email: null, externalId: null };
    this.#desk.customers.set(customer.id, { ...customer, ...hint, since: this.#desk.now() });
    const session = { customerId: customer.id, inboxId: inbox.id, deviceId };
    this.#desk.customerSessions.set(sessionId, session);
    return { id: sessionId, orgId: inbox.orgId, ...session, customerName: name, verified: false };
  }

  async session(id: string): Promise<CustomerSessionRow | undefined> {
    return sessionRow(this.#desk, id);
  }

  async endSession(id: string, requestId: string): Promise<void> {
    const session = sessionRow(this.#desk, id);
    if (session) keepAudit(this.#desk, signedOut({ ...session, id: session.customerId, role: "customer" }, requestId));
    this.#desk.customerSessions.delete(id);
  }

  async useOnce(orgId: string, jti: string, expiresAt: number): Promise<boolean> {
    const key = JSON.stringify([orgId, jti]);
    if ((this.#desk.usedTokens.get(key) ?? 0) > this.#desk.now()) return false;
    this.#desk.usedTokens.set(key, expiresAt);
    return true;
  }

  async identify(
    session: CustomerSessionRow,
    identity: Identity,
    requestId: string,
  ): ReturnType<Customers["identify"]> {
    const moved = identify(this.#desk, session, identity, requestId);
    return { session: sessionRow(this.#desk, session.id) ?? session, moved };
  }

  async openConversation(
    session: CustomerSessionRow,
    opening: Opening,
    requestId: string,
  ): ReturnType<Customers["openConversation"]> {
    const customerId = sessionRow(this.#desk, session.id)?.customerId;
    if (!customerId) throw new Error("The session has ended");
    const known = ownedBy(this.#desk, customerId).find((one) => one.events[0]?.clientId === opening.clientId);
    if (known) return { conversationId: known.id, created: false };
    const now = { ...session, customerId };
    const conversationId = this.#desk.newId();
    keepAudit(this.#desk, conversationOpened(now, conversationId, requestId));
    keepOpened(this.#desk, conversationId, now, opening);
    return { conversationId, created: true };
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

  async customerOf(orgId: string, conversationId: string): Promise<string | undefined> {
    const found = this.#desk.conversations.get(conversationId);
    return found?.orgId === orgId ? found.customerId : undefined;
  }

  async panel(orgId: string, customerId: string): Promise<CustomerPanel | undefined> {
    const customer = this.#desk.customers.get(customerId);
    if (customer?.orgId !== orgId) return undefined;
    const { id, name, email, externalId, since, device, language } = customer;
    const owned = ownedBy(this.#desk, customerId).sort((a, b) => openedAt(b) - openedAt(a));
    const page = owned.find((one) => one.page)?.page ?? null;
    const conversations = owned.map((one) => ({
      id: one.id,
      status: folded(this.#desk, one).status,
      openedAt: openedAt(one),
      lastLine: lastText(one),
    }));
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

const openedAt = (one: KeptConversation): number => one.events[0]?.at ?? 0;

function keepOpened(desk: MemoryDesk, id: string, session: CustomerSessionRow, { clientId, at, page }: Opening): void {
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
    page: page ?? null,
    events: [{ type: "conversation.opened", seq: 1, at, id: desk.newId(), by, clientId }],
    reads: new Map(),
    changed: 0,
  });
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
