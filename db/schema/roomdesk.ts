import { bigint, customType, pgSchema } from "drizzle-orm/pg-core";

/** Everything of ours lives in one schema; `public` is closed to everybody. */
export const roomdesk = pgSchema("roomdesk");

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** Milliseconds since 1970, the one clock of the product; an integer that JavaScript holds exactly. */
export const ms = (name: string) => bigint(name, { mode: "number" });
