import { sql } from "drizzle-orm";
import { boolean, check, index, integer, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { inboxes } from "./inboxes.ts";
import { keys } from "./keys.ts";
import { organisations } from "./organisations.ts";
import { customers } from "./people.ts";
import { bytes, ms, roomdesk } from "./roomdesk.ts";

/** A conversation: its head, its owner and what a list shows of it. Written by functions only. */
export const chatSessions = roomdesk.table(
  "chat_sessions",
  {
    id: uuid("id").primaryKey(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisations.id),
    inboxId: uuid("inbox_id")
      .notNull()
      .references(() => inboxes.id),
    customerId: uuid("customer_id")
      .notNull()
      .references(() => customers.id),
    /** Who the customer writes as; stays when an anonymous customer is joined to a known one. */
    customerAuthor: uuid("customer_author").notNull(),
    /** Key of the request that opened it. */
    clientId: uuid("client_id").notNull(),
    dekId: uuid("dek_id")
      .notNull()
      .references(() => keys.id),
    status: text("status", { enum: ["open", "closed"] }).notNull(),
    lastSeq: integer("last_seq").notNull(),
    /** Number of the newest event that the customer may see. */
    publicSeq: integer("public_seq").notNull(),
    openedAt: ms("opened_at").notNull(),
    lastAt: ms("last_at").notNull(),
    /** The fencing token of its owner. */
    epoch: integer("epoch").notNull().default(0),
    ownerNode: text("owner_node"),
    /** Address and title of the page it was opened on, sealed. */
    page: bytes("page"),
    customerMessages: integer("customer_messages").notNull().default(0),
    staffMessages: integer("staff_messages").notNull().default(0),
    /** Number of the newest message (not note). */
    lastMessageSeq: integer("last_message_seq"),
    /** Since when the customer waits for an answer. */
    waitingSince: ms("waiting_since"),
    /** Number of the latest change in the inbox's feed. */
    changed: ms("changed").notNull(),
  },
  (t) => [
    index("chat_sessions_by_customer").on(t.customerId),
    index("chat_sessions_by_change").on(t.inboxId, t.changed),
    index("chat_sessions_open")
      .on(t.inboxId)
      .where(sql`status = 'open'`),
    index("chat_sessions_closed")
      .on(t.orgId, t.lastAt.desc().nullsFirst(), t.id)
      .where(sql`status = 'closed'`),
    check("chat_sessions_status", sql`${t.status} in ('open', 'closed')`),
  ],
);

/** Staff who joined, or did and left. */
export const chatMembers = roomdesk.table(
  "chat_members",
  {
    conversationId: uuid("conversation_id").notNull(),
    userId: uuid("user_id").notNull(),
    orgId: uuid("org_id").notNull(),
    joined: boolean("joined").notNull(),
    /** The sealed name of the event `name_event`, whose row the bytes are bound to. */
    name: bytes("name"),
    nameEvent: uuid("name_event").notNull(),
    at: ms("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.userId] }), index("chat_members_by_user").on(t.userId)],
);

/** The log: append-only, dense numbers from 1, the only truth about what was said. */
export const chatEvents = roomdesk.table(
  "chat_events",
  {
    conversationId: uuid("conversation_id").notNull(),
    seq: integer("seq").notNull(),
    orgId: uuid("org_id").notNull(),
    /** Made by the server before the insert; part of what the body is bound to. */
    id: uuid("id").notNull(),
    type: text("type").notNull(),
    visibility: text("visibility", { enum: ["public", "internal"] }).notNull(),
    authorSide: text("author_side", { enum: ["customer", "staff", "system"] }).notNull(),
    authorId: uuid("author_id").notNull(),
    clientId: uuid("client_id").notNull(),
    at: ms("at").notNull(),
    /** Target of an edit or deletion. */
    messageId: uuid("message_id"),
    version: integer("version"),
    /** Body or name, sealed. */
    sealed: bytes("sealed"),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.seq] }),
    // What makes a retry harmless.
    uniqueIndex("chat_events_by_key").on(t.conversationId, t.authorId, t.clientId),
    check("chat_events_seq", sql`${t.seq} > 0`),
    check("chat_events_visibility", sql`${t.visibility} in ('public', 'internal')`),
    check("chat_events_side", sql`${t.authorSide} in ('customer', 'staff', 'system')`),
  ],
);

/** Each message and note as it now reads; written in the transaction of its event. */
export const chatMessages = roomdesk.table(
  "chat_messages",
  {
    conversationId: uuid("conversation_id").notNull(),
    /** Number of the event that posted it. */
    seq: integer("seq").notNull(),
    orgId: uuid("org_id").notNull(),
    id: uuid("id").notNull(),
    visibility: text("visibility", { enum: ["public", "internal"] }).notNull(),
    authorSide: text("author_side", { enum: ["customer", "staff"] }).notNull(),
    authorId: uuid("author_id").notNull(),
    /** The sealed body of the event `sealed_event`; gone when deleted. */
    sealed: bytes("sealed"),
    sealedEvent: uuid("sealed_event").notNull(),
    version: integer("version").notNull(),
    editedAt: ms("edited_at"),
    deletedAt: ms("deleted_at"),
    deletedBySide: text("deleted_by_side", { enum: ["customer", "staff"] }),
    deletedBy: uuid("deleted_by"),
    /** How many messages of each side there were with this one: unread = count - ordinal at the read number. */
    customerOrdinal: integer("customer_ordinal").notNull(),
    staffOrdinal: integer("staff_ordinal").notNull(),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.seq] }), uniqueIndex("chat_messages_by_id").on(t.id)],
);

/** How far each person has read, and how many messages of each side that were. */
export const chatReads = roomdesk.table(
  "chat_reads",
  {
    conversationId: uuid("conversation_id").notNull(),
    personId: uuid("person_id").notNull(),
    orgId: uuid("org_id").notNull(),
    side: text("side", { enum: ["customer", "staff"] }).notNull(),
    seq: integer("seq").notNull(),
    customerOrdinal: integer("customer_ordinal").notNull(),
    staffOrdinal: integer("staff_ordinal").notNull(),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.personId] }), index("chat_reads_by_person").on(t.personId)],
);
