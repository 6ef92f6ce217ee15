import { sql } from "drizzle-orm";
import { text, timestamp, uuid } from "drizzle-orm/pg-core";
import { keys } from "./keys.ts";
import { roomdesk } from "./roomdesk.ts";

/** A first start creates one; a deployment with one never sees the word. Its name is on the widget, so it is no secret. */
export const organisations = roomdesk.table("organisations", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  keyId: uuid("key_id")
    .notNull()
    .references(() => keys.id),
  createdAt: timestamp("created_at", { withTimezone: true })
    .notNull()
    .default(sql`now()`),
});
