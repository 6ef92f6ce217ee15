import { randomBytes } from "node:crypto";
import { openDatabaseAt, type Database } from "../open/database.ts";
import { databaseAddress, loginAddress, type Login } from "../open/logins.ts";
import { createDatabase, dropDatabase, template, testSecret } from "./test-server.ts";

export type FreshDatabase = {
  readonly database: Database;
  readonly secret: string;
  /** The superuser's address, for what a test must see or do beyond any login's rights. */
  readonly adminUrl: string;
  urlOf(login: Login): string;
  close(): Promise<void>;
};

/** A copy of the server's migrated template. */
export async function databaseOn(serverUrl: string): Promise<FreshDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await createDatabase(serverUrl, name, template);
  const adminUrl = databaseAddress(serverUrl, name);
  const database = openDatabaseAt({ url: adminUrl, secret: testSecret });
  return {
    database,
    secret: testSecret,
    adminUrl,
    urlOf: (login) => loginAddress(adminUrl, login, testSecret),
    close: async () => {
      await database.close();
      await dropDatabase(serverUrl, name);
    },
  };
}
