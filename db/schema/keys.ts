import { sql } from "drizzle-orm";
import { check, foreignKey, index, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { bytes, roomdesk } from "./roomdesk.ts";

/**
 * Wrapped keys. An organisation's and a customer's key are wrapped by the master key, a conversation's by its customer's:
 * destroying one customer's row makes every text of theirs unreadable.
 */
export const keys = roomdesk.table(
  "keys",
  {
    id: uuid("id").primaryKey(),
    orgId: uuid("org_id").notNull(),
    kind: text("kind", { enum: ["organisation", "customer", "conversation"] }).notNull(),
    /** What the key is for: the organisation, the customer or the conversation. */
    subjectId: uuid("subject_id").notNull(),
    parentId: uuid("parent_id"),
    /** Id of the key that wraps this one: a master key's or `parent_id`. */
    kek: text("kek").notNull(),
    wrapped: bytes("wrapped").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true })
      .notNull()
      .default(sql`now()`),
  },
  (t) => [
    foreignKey({ columns: [t.parentId], foreignColumns: [t.id], name: "keys_parent" }),
    index("keys_by_subject").on(t.subjectId),
    check("keys_kind", sql`${t.kind} in ('organisation', 'customer', 'conversation')`),
    check("keys_chain", sql`(${t.kind} = 'conversation') = (${t.parentId} is not null)`),
  ],
);
