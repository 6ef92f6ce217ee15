import { and, desc, eq } from "drizzle-orm";
import type { CustomerPanel } from "#protocol/workspace.ts";
import type { Keyring } from "../cipher/keyring.ts";
import type { Door } from "../open.ts";
import { chatMessages, chatSessions } from "../schema/conversation.ts";
import { customerIdentities, customers } from "../schema/people.ts";
import type { ScopedDb } from "../scope.ts";
import { isLastMessage, lastMessage, openLastLine } from "./customer-conversations.ts";
import { externalRow, openCustomer } from "./customer-people.ts";
import { pageRow } from "./open-conversation.ts";
import { staffOf } from "./organisations.ts";

type Session = typeof chatSessions.$inferSelect;

/** What a colleague sees of a customer beside a conversation. */
export async function customerPanel(
  door: Door,
  keyring: Keyring,
  orgId: string,
  customerId: string,
): Promise<CustomerPanel | undefined> {
  const found = await door.withCtx(staffOf(orgId), (db) => read(db, orgId, customerId));
  if (!found) return undefined;
  const { customer, identity, conversations } = found;
  const text = (column: "name" | "email" | "device" | "language") =>
    openCustomer(keyring, customer, column, customer[column]);
  const [name, email, device, language] = [
    await text("name"),
    await text("email"),
    await text("device"),
    await text("language"),
  ];
  return {
    id: customerId,
    name: name ?? "",
    email,
    verified: customer.verified,
    externalId: identity
      ? await keyring.open(customer.keyId, externalRow(orgId, identity.id), identity.externalId)
      : null,
    since: customer.createdAt.getTime(),
    page: await openPage(keyring, conversations.find(({ session }) => session.page)?.session),
    device,
    language,
    conversations: await Promise.all(
      conversations.map(async ({ session, message }) => ({
        id: session.id,
        status: session.status,
        openedAt: session.openedAt,
        lastLine: await openLastLine(keyring, session, message),
      })),
    ),
  };
}

async function read(db: ScopedDb, orgId: string, customerId: string) {
  const [[customer], [identity], conversations] = await Promise.all([
    db
      .select()
      .from(customers)
      .where(and(eq(customers.id, customerId), eq(customers.orgId, orgId))),
    db.select().from(customerIdentities).where(eq(customerIdentities.customerId, customerId)).limit(1),
    db
      .select({ session: chatSessions, message: lastMessage })
      .from(chatSessions)
      .leftJoin(chatMessages, isLastMessage)
      .where(eq(chatSessions.customerId, customerId))
      .orderBy(desc(chatSessions.openedAt), desc(chatSessions.id)),
  ]);
  return customer && { customer, identity, conversations };
}

async function openPage(keyring: Keyring, session: Session | undefined): Promise<CustomerPanel["page"]> {
  if (!session?.page) return null;
  const opened = await keyring.open(session.dekId, pageRow(session.orgId, session.id), session.page);
  // We wrote it ourselves, and the seal says that nobody has changed it.
  return opened === null ? null : (JSON.parse(opened) as CustomerPanel["page"]);
}
