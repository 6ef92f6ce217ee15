import { inject } from "vitest";
import { databaseOn, type FreshDatabase } from "./database-on.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The superuser's address of this run's PostgreSQL. */
    postgresUrl: string;
  }
}

export type { FreshDatabase } from "./database-on.ts";

/** A migrated database nobody else uses, on the run's server: about 50 ms. */
export const freshDatabase = (): Promise<FreshDatabase> => databaseOn(inject("postgresUrl"));
