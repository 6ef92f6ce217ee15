import { openKeyring } from "#db/cipher/open-keyring.ts";
import { openDatabase } from "#db/open.ts";
import { auditLog } from "#db/stores/audit-log.ts";
import { conversationLog } from "#db/stores/conversation-log.ts";
import { customersStore } from "#db/stores/customers.ts";
import { nodeRegistry } from "#db/stores/node-registry.ts";
import { setupStore } from "#db/stores/setup.ts";
import { staffStore } from "#db/stores/staff.ts";
import { workspaceFeed } from "#db/stores/workspace-feed.ts";
import type { Ports } from "./ports.ts";

export type OpenPorts = Ports & { close(): Promise<void> };

type Options = {
  readonly url: string | undefined;
  readonly dataFolder: string;
  readonly secret: string;
  readonly say: (line: string) => void;
  /** How long a database that does not answer is waited for. */
  readonly patienceMs?: number;
};

/** Every port over the database, which is brought up to date first. */
export async function openPorts({ url, dataFolder, secret, say, patienceMs }: Options): Promise<OpenPorts> {
  const database = await openDatabase({
    url,
    dataDir: dataFolder,
    secret,
    say,
    ...(patienceMs !== undefined && { patienceMs }),
  });
  try {
    await database.migrate();
    const keyring = await openKeyring(database.app, secret);
    const options = { database, keyring };
    const log = conversationLog(options);
    return {
      log,
      feed: workspaceFeed(options),
      staff: staffStore(options),
      setup: setupStore(options),
      customers: customersStore(options),
      audit: auditLog(options),
      registry: nodeRegistry(options),
      isUp: () => database.state === "up",
      close: async () => {
        log.close();
        await database.close();
      },
    };
  } catch (failure) {
    await database.close();
    throw failure;
  }
}
