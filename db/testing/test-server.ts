import { mkdtempSync, rmSync, chmodSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../embedded/embedded-postgres.ts";
import { bootstrap, databaseRights } from "../open/bootstrap.ts";
import { connect } from "../open/connect.ts";
import { databaseAddress, loginAddress } from "../open/logins.ts";
import { migrate } from "../open/migrate.ts";
import { sweepAbandoned } from "./sweep.ts";

/** Every test's secret; logins belong to the server, so all its databases share it. */
export const testSecret = "a secret for tests only, as long as one in earnest";
export const template = "roomdesk_template";

const prefix = "roomdesk-test-";

export type TestServer = { readonly url: string; readonly pid: number; close(): Promise<void> };

/** A PostgreSQL of its own with a migrated template database. Not durable unless that is the subject: it is thrown away. */
export async function startTestServer(durable = false): Promise<TestServer> {
  const server = await startBareServer(durable);
  try {
    await prepareTemplate(server.url);
    return server;
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** One in which nobody has prepared anything. */
export async function startBareServer(durable = false): Promise<TestServer> {
  await sweepAbandoned(tmpdir(), prefix);
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o711);
  const server = await startEmbedded({ dataDir: join(folder, "data"), durable, say: () => undefined });
  return {
    url: server.url,
    get pid() {
      return server.pid;
    },
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

async function prepareTemplate(url: string): Promise<void> {
  await createDatabase(url, template);
  const address = databaseAddress(url, template);
  await bootstrap(address, testSecret);
  await migrate(loginAddress(address, "owner", testSecret));
}

export async function createDatabase(url: string, name: string, from?: string): Promise<void> {
  await using admin = await connect(url);
  await admin.query(`create database ${name}${from === undefined ? "" : ` template ${from}`}`);
  // Rights on a database are not copied with it.
  if (from !== undefined) await admin.query(databaseRights(name).join("; "));
}

export async function dropDatabase(url: string, name: string): Promise<void> {
  await using admin = await connect(url);
  await admin.query(`drop database if exists ${name} with (force)`);
}
