import { sql } from "drizzle-orm";
import { check, index, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { organisations } from "./organisations.ts";
import { bytes, ms, roomdesk } from "./roomdesk.ts";

/** A widget on a site, and the numbered feed of what changes in its conversations. */
export const inboxes = roomdesk.table(
  "inboxes",
  {
    id: uuid("id").primaryKey(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisations.id),
    name: text("name").notNull(),
    /** In the embedding page's snippet, so it is public. */
    publicKey: text("public_key").notNull().unique(),
    /** Origins whose pages may embed the widget; empty: any. */
    origins: text("origins")
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Secret of the identity JWTs, sealed with the organisation's key. */
    identitySecret: bytes("identity_secret"),
    /** Number of the newest change; raised under the row's lock, so numbers commit in order. */
    feedHead: ms("feed_head").notNull().default(0),
    createdAt: timestamp("created_at", { withTimezone: true })
      .notNull()
      .default(sql`now()`),
  },
  (t) => [index("inboxes_by_org").on(t.orgId)],
);

/** How an inbox's widget looks and greets. */
export const widgetSettings = roomdesk.table(
  "widget_settings",
  {
    inboxId: uuid("inbox_id")
      .primaryKey()
      .references(() => inboxes.id),
    orgId: uuid("org_id").notNull(),
    accent: text("accent"),
    greeting: text("greeting"),
    theme: text("theme", { enum: ["auto", "light", "dark"] })
      .notNull()
      .default("auto"),
    side: text("side", { enum: ["left", "right"] })
      .notNull()
      .default("right"),
  },
  (t) => [
    check("widget_settings_theme", sql`${t.theme} in ('auto', 'light', 'dark')`),
    check("widget_settings_side", sql`${t.side} in ('left', 'right')`),
  ],
);
