import { index, jsonb, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytes, ms, roomdesk } from "./roomdesk.ts";

/** Hash-chained: ids and codes only. Written by one function, changed by nobody. */
export const auditLog = roomdesk.table(
  "audit_log",
  {
    orgId: uuid("org_id").notNull(),
    n: ms("n").notNull(),
    at: ms("at").notNull(),
    actorId: uuid("actor_id"),
    actorRole: text("actor_role").notNull(),
    action: text("action").notNull(),
    objectType: text("object_type").notNull(),
    objectId: text("object_id"),
    outcome: text("outcome", { enum: ["done", "denied"] }).notNull(),
    requestId: text("request_id").notNull(),
    detail: jsonb("detail").$type<Record<string, string | number | boolean | null>>().notNull(),
    prevHash: bytes("prev_hash").notNull(),
    hash: bytes("hash").notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.n] }), index("audit_log_by_time").on(t.orgId, t.at)],
);

/** The newest entry of each organisation's chain: its lock orders the writers, and it betrays a tail cut off. */
export const auditHead = roomdesk.table("audit_head", {
  orgId: uuid("org_id").primaryKey(),
  n: ms("n").notNull(),
  hash: bytes("hash").notNull(),
});
