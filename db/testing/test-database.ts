import { freshDatabaseOn, type FreshDatabase } from "./fresh-database.ts";
import { startTestServer } from "./test-server.ts";

/** The same without vitest, for benches and chaos runs: a server of its own, by default with fsync, as people run it. */
export async function testDatabase({ durable = true } = {}): Promise<FreshDatabase & { readonly serverPid: number }> {
  const server = await startTestServer(durable);
  const fresh = await freshDatabaseOn(server.url);
  return {
    ...fresh,
    serverPid: server.pid,
    close: async () => {
      await fresh.close();
      await server.close();
    },
  };
}
