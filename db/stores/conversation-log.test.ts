import { conversationLogContract } from "#core/contract/conversation-log.contract.ts";
import { openKeyring } from "../cipher/open-keyring.ts";
import { freshDatabase } from "../testing/fresh-database.ts";
import { conversationLog } from "./conversation-log.ts";
import { PlantedDesk } from "./testing/planted-desk.ts";

conversationLogContract(async () => {
  const fresh = await freshDatabase();
  const keyring = await openKeyring(fresh.database.app, fresh.secret);
  const desk = await PlantedDesk.plant(fresh.database, keyring);
  const log = conversationLog({ database: fresh.database, keyring });
  return {
    log,
    ben: await desk.hire("Ben"),
    dee: await desk.hire("Dee"),
    nodes: ["node-a", "node-b"],
    open: async () => ({ ...(await desk.open()), orgId: desk.orgId, inboxId: desk.inboxId }),
    close: async () => {
      log.close();
      keyring.close();
      await fresh.close();
    },
  };
});
