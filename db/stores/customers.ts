import { createHash, randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { Customers, CustomerSessionRow, Identity, Inbox } from "#core/ports/customers.ts";
import type { CustomerConversation } from "#protocol/people.ts";
import type { CustomerPanel } from "#protocol/workspace.ts";
import { keepKey } from "../cipher/key-shelf.ts";
import type { Keyring } from "../cipher/keyring.ts";
import type { Door } from "../open.ts";
import { chatSessions } from "../schema/conversation.ts";
import { inboxes } from "../schema/inboxes.ts";
import { customers, sessions, usedTokens } from "../schema/people.ts";
import { asCustomerSees, customersConversations } from "./customer-conversations.ts";
import { customerPanel } from "./customer-panel.ts";
import { sealCustomer, sealName } from "./customer-people.ts";
import { asCustomer, customerSession } from "./customer-sessions.ts";
import { endSession } from "./end-session.ts";
import { identify } from "./identify.ts";
import { inboxRows, openInbox } from "./inboxes.ts";
import { openConversation } from "./open-conversation.ts";
import { staffOf, system } from "./organisations.ts";
import type { StoreOptions } from "./staff.ts";
import { isUuid } from "./uuid.ts";

const sessionDays = 365;

export const customersStore = (options: StoreOptions): Customers => new PgCustomers(options);

/** Customers in PostgreSQL. What one of them asks is read as that customer, so that the walls show nothing else. */
class PgCustomers implements Customers {
  readonly #door: Door;
  readonly #keyring: Keyring;

  constructor({ database, keyring }: StoreOptions) {
    this.#door = database.app;
    this.#keyring = keyring;
  }

  async inbox(key: string): Promise<Inbox | undefined> {
    if (key.includes("\0")) return undefined; // which PostgreSQL refuses to compare
    const [found] = await this.#door.call<{ org_id: string; inbox_id: string }>(
      "select * from roomdesk.find_inbox($1)",
      [key],
    );
    if (!found) return undefined;
    const [row] = await this.#door.withCtx(system(found.org_id), (db) =>
      inboxRows(db).where(eq(inboxes.id, found.inbox_id)),
    );
    return row && openInbox(this.#keyring, row);
  }

  async embeddingPages(): Promise<readonly string[] | undefined> {
    const [found] = await this.#door.call<{ pages: string[] | null }>("select roomdesk.embedding_pages() as pages");
    return found?.pages ?? undefined;
  }

  async startAnonymous(start: Parameters<Customers["startAnonymous"]>[0]): Promise<CustomerSessionRow> {
    const { sessionId, inbox, deviceId, name, hint } = start;
    const { orgId } = inbox;
    const id = randomUUID();
    const key = await this.#keyring.forge({ kind: "customer", orgId, subjectId: id });
    const whose = { id, orgId, keyId: key.id };
    const row = { ...whose, ...(await sealCustomer(this.#keyring, whose, hint)) };
    const sealedName = await sealName(this.#keyring, whose, name);
    const expiresAt = new Date(Date.now() + sessionDays * 86_400_000);
    await this.#door.withCtx(system(orgId), async (db) => {
      await keepKey(db, key);
      await db.insert(customers).values({ ...row, name: sealedName });
      await db
        .insert(sessions)
        .values({ id: sessionId, orgId, customerId: id, inboxId: inbox.id, deviceId, expiresAt });
    });
    return { id: sessionId, orgId, inboxId: inbox.id, customerId: id, customerName: name, verified: false, deviceId };
  }

  async session(id: string): Promise<CustomerSessionRow | undefined> {
    const found = await customerSession(this.#door, this.#keyring, id);
    if (!found) return undefined;
    const { keyId: _, ...session } = found;
    return session;
  }

  endSession(id: string, requestId: string): Promise<void> {
    return endSession(this.#door, this.#keyring, id, requestId);
  }

  async useOnce(orgId: string, jti: string, expiresAt: number): Promise<boolean> {
    // Hosts put what they like into a jti, so its hash stands for it.
    const id = createHash("sha256").update(jti).digest("hex");
    const until = new Date(expiresAt);
    const used = await this.#door.withCtx(system(orgId), (db) =>
      db
        .insert(usedTokens)
        .values({ orgId, id, expiresAt: until })
        .onConflictDoUpdate({
          target: [usedTokens.orgId, usedTokens.id],
          set: { expiresAt: until },
          setWhere: sql`${usedTokens.expiresAt} <= now()`,
        }),
    );
    return used.rowCount === 1;
  }

  async identify(
    session: CustomerSessionRow,
    identity: Identity,
    requestId: string,
  ): ReturnType<Customers["identify"]> {
    const moved = await identify(this.#door, this.#keyring, session.id, { identity, requestId });
    return { session: (await this.session(session.id)) ?? session, moved };
  }

  openConversation(
    session: CustomerSessionRow,
    open: Parameters<Customers["openConversation"]>[1],
    requestId: string,
  ): ReturnType<Customers["openConversation"]> {
    return openConversation(this.#door, this.#keyring, session.id, { ...open, requestId });
  }

  async conversations(session: CustomerSessionRow): Promise<readonly CustomerConversation[]> {
    const rows = await this.#door.withCtx(asCustomer(session.orgId, session.customerId), (db) =>
      customersConversations(db, session),
    );
    return Promise.all(rows.map((row) => asCustomerSees(this.#keyring, row)));
  }

  async seatOf(session: CustomerSessionRow, conversationId: string): ReturnType<Customers["seatOf"]> {
    if (!isUuid(conversationId)) return undefined;
    const [seat] = await this.#door.withCtx(asCustomer(session.orgId, session.customerId), (db) =>
      db
        .select({ author: chatSessions.customerAuthor })
        .from(chatSessions)
        .where(and(eq(chatSessions.id, conversationId), eq(chatSessions.customerId, session.customerId))),
    );
    return seat && { author: seat.author, name: session.customerName };
  }

  async customerOf(orgId: string, conversationId: string): Promise<string | undefined> {
    if (!isUuid(conversationId)) return undefined;
    const [found] = await this.#door.withCtx(staffOf(orgId), (db) =>
      db
        .select({ customerId: chatSessions.customerId })
        .from(chatSessions)
        .where(and(eq(chatSessions.id, conversationId), eq(chatSessions.orgId, orgId))),
    );
    return found?.customerId;
  }

  async panel(orgId: string, customerId: string): Promise<CustomerPanel | undefined> {
    return isUuid(customerId) ? customerPanel(this.#door, this.#keyring, orgId, customerId) : undefined;
  }
}
