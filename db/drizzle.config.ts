import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: [
    "./db/schema/cluster.ts",
    "./db/schema/keys.ts",
    "./db/schema/organisations.ts",
    "./db/schema/people.ts",
    "./db/schema/inboxes.ts",
    "./db/schema/conversation.ts",
    "./db/schema/audit.ts",
    "./db/schema/roomdesk.ts",
  ],
  out: "./db/migrations",
  schemaFilter: ["roomdesk"],
});
