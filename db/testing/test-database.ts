import { databaseOn, type FreshDatabase } from "./database-on.ts";
import { startTestServer } from "./test-server.ts";

/** The same without vitest, on a server of its own that may be killed; by default with fsync, as people run it. */
export async function testDatabase({ durable = true } = {}): Promise<FreshDatabase & { serverPid(): number }> {
  const server = await startTestServer(durable);
  const fresh = await databaseOn(server.url);
  return {
    ...fresh,
    serverPid: () => server.pid,
    close: async () => {
      await fresh.close();
      await server.close();
    },
  };
}
