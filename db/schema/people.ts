import { sql } from "drizzle-orm";
import { boolean, check, index, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { inboxes } from "./inboxes.ts";
import { keys } from "./keys.ts";
import { organisations } from "./organisations.ts";
import { bytes, roomdesk } from "./roomdesk.ts";

const createdAt = () =>
  timestamp("created_at", { withTimezone: true })
    .notNull()
    .default(sql`now()`);

/** Staff. Name and e-mail are sealed with the organisation's key; the address is found by a keyed hash. */
export const users = roomdesk.table(
  "users",
  {
    id: uuid("id").primaryKey(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisations.id),
    role: text("role", { enum: ["agent", "supervisor", "admin"] }).notNull(),
    name: bytes("name").notNull(),
    email: bytes("email").notNull(),
    emailIndex: bytes("email_index").notNull(),
    /** argon2id, PHC string. */
    passwordHash: text("password_hash").notNull(),
    createdAt: createdAt(),
    disabledAt: timestamp("disabled_at", { withTimezone: true }),
  },
  (t) => [
    // Over all organisations: a sign-in names an address only.
    uniqueIndex("users_by_email").on(t.emailIndex),
    index("users_by_org").on(t.orgId),
    check("users_role", sql`${t.role} in ('agent', 'supervisor', 'admin')`),
  ],
);

/** Somebody who writes to the desk. Everything personal is sealed with the customer's own key. */
export const customers = roomdesk.table(
  "customers",
  {
    id: uuid("id").primaryKey(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisations.id),
    keyId: uuid("key_id")
      .notNull()
      .references(() => keys.id),
    name: bytes("name").notNull(),
    email: bytes("email"),
    emailIndex: bytes("email_index"),
    verified: boolean("verified").notNull().default(false),
    device: bytes("device"),
    language: bytes("language"),
    createdAt: createdAt(),
    /** The known customer this anonymous one turned out to be. */
    movedTo: uuid("moved_to"),
  },
  (t) => [index("customers_by_email").on(t.orgId, t.emailIndex)],
);

/** Who the host's server says a customer is. */
export const customerIdentities = roomdesk.table(
  "customer_identities",
  {
    id: uuid("id").primaryKey(),
    orgId: uuid("org_id").notNull(),
    customerId: uuid("customer_id")
      .notNull()
      .references(() => customers.id),
    externalId: bytes("external_id").notNull(),
    externalIndex: bytes("external_index").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("customer_identities_by_external").on(t.orgId, t.externalIndex),
    index("customer_identities_by_customer").on(t.customerId),
  ],
);

/** Signed-in browsers of staff and devices of customers. */
export const sessions = roomdesk.table(
  "sessions",
  {
    /** SHA-256 of the secret in the cookie or token, hex. */
    id: text("id").primaryKey(),
    orgId: uuid("org_id").notNull(),
    userId: uuid("user_id").references(() => users.id),
    customerId: uuid("customer_id").references(() => customers.id),
    inboxId: uuid("inbox_id").references(() => inboxes.id),
    deviceId: uuid("device_id"),
    /** The browser, in words; sealed with the organisation's key. */
    device: bytes("device"),
    createdAt: createdAt(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    endedAt: timestamp("ended_at", { withTimezone: true }),
  },
  (t) => [
    index("sessions_by_user").on(t.userId),
    index("sessions_by_customer").on(t.customerId),
    check(
      "sessions_of_one_person",
      sql`(${t.userId} is not null and ${t.customerId} is null and ${t.deviceId} is null)
       or (${t.userId} is null and ${t.customerId} is not null and ${t.deviceId} is not null and ${t.inboxId} is not null)`,
    ),
  ],
);

/** Identity tokens that were used: each opens the door once. */
export const usedTokens = roomdesk.table(
  "used_tokens",
  {
    orgId: uuid("org_id").notNull(),
    /** SHA-256 of the token's `jti`, hex: hosts put what they like into it. */
    id: text("id").notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.id] }), index("used_tokens_by_expiry").on(t.expiresAt)],
);
