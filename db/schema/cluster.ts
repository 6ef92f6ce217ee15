import { sql } from "drizzle-orm";
import { boolean, text, timestamp } from "drizzle-orm/pg-core";
import { bytes, roomdesk } from "./roomdesk.ts";

/** The nodes of the cluster, each with a lease by the database's clock. */
export const nodes = roomdesk.table("nodes", {
  id: text("id").primaryKey(),
  address: text("address").notNull(),
  startedAt: timestamp("started_at", { withTimezone: true })
    .notNull()
    .default(sql`now()`),
  leaseUntil: timestamp("lease_until", { withTimezone: true }).notNull(),
  /** It is going away: no room is made there any more. */
  draining: boolean("draining").notNull().default(false),
});

/** Hash of the one-time link that a first start prints; the link itself is nowhere. */
export const setupTokens = roomdesk.table("setup_tokens", {
  /** SHA-256 of the token, hex. */
  id: text("id").primaryKey(),
  createdAt: timestamp("created_at", { withTimezone: true })
    .notNull()
    .default(sql`now()`),
  usedAt: timestamp("used_at", { withTimezone: true }),
});

/** Proof that a secret is the one this database was set up with; says nothing about the secret. */
export const masterKeys = roomdesk.table("master_keys", {
  id: text("id").primaryKey(),
  checkValue: bytes("check_value").notNull(),
  createdAt: timestamp("created_at", { withTimezone: true })
    .notNull()
    .default(sql`now()`),
});
