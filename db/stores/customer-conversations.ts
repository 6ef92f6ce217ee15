import { and, desc, eq, sql } from "drizzle-orm";
import type { CustomerSessionRow } from "#core/ports/customers.ts";
import type { CustomerConversation } from "#protocol/people.ts";
import type { Keyring } from "../cipher/keyring.ts";
import { chatEvents, chatMessages, chatReads, chatSessions } from "../schema/conversation.ts";
import type { ScopedDb } from "../scope.ts";
import { openBody } from "./event-texts.ts";

/** What a list shows of a conversation's last message. */
export const lastMessage = {
  sealed: chatMessages.sealed,
  sealedEvent: chatMessages.sealedEvent,
  version: chatMessages.version,
};

export const isLastMessage = and(
  eq(chatMessages.conversationId, chatSessions.id),
  eq(chatMessages.seq, chatSessions.lastMessageSeq),
);

type LastMessage = { sealed: Buffer | null; sealedEvent: string; version: number };
type Session = Pick<typeof chatSessions.$inferSelect, "id" | "orgId" | "dekId">;

/** The last message as it now reads; `null` before the first, when it was deleted or cannot be read. */
export const openLastLine = (
  keyring: Keyring,
  session: Session,
  message: LastMessage | null,
): Promise<string | null> => {
  const scope = { orgId: session.orgId, conversationId: session.id, dekId: session.dekId };
  return message
    ? openBody(keyring, scope, message.sealedEvent, message.version, message.sealed)
    : Promise.resolve(null);
};

/** Colleagues' messages after the customer's read number that are still there to be read. */
const unread = sql<number>`(select count(*)::int from ${chatMessages} unread
  where unread.conversation_id = ${chatSessions.id} and unread.author_side = 'staff' and unread.visibility = 'public'
    and unread.deleted_at is null and unread.seq > coalesce(${chatReads.seq}, 0))`;

/** A customer's conversations in an inbox, newest first. */
export const customersConversations = (db: ScopedDb, { customerId, inboxId }: CustomerSessionRow) =>
  db
    .select({ session: chatSessions, message: lastMessage, lastAt: chatEvents.at, unread })
    .from(chatSessions)
    // The newest event the customer may see: a note must not show itself, not even as a newer time.
    .innerJoin(
      chatEvents,
      and(eq(chatEvents.conversationId, chatSessions.id), eq(chatEvents.seq, chatSessions.publicSeq)),
    )
    .leftJoin(chatMessages, isLastMessage)
    .leftJoin(
      chatReads,
      and(eq(chatReads.conversationId, chatSessions.id), eq(chatReads.personId, chatSessions.customerAuthor)),
    )
    .where(and(eq(chatSessions.customerId, customerId), eq(chatSessions.inboxId, inboxId)))
    .orderBy(desc(chatEvents.at), desc(chatSessions.id));

type ConversationRow = Awaited<ReturnType<typeof customersConversations>>[number];

export async function asCustomerSees(keyring: Keyring, row: ConversationRow): Promise<CustomerConversation> {
  const { session, lastAt } = row;
  const lastLine = await openLastLine(keyring, session, row.message);
  return { id: session.id, status: session.status, unread: row.unread, lastAt, lastLine };
}
