import { conversationLogContract } from "#core/contract/conversation-log.contract.ts";
import { deskWithoutWalls } from "./testing/desk-on-postgres.ts";
import { logOn } from "./testing/log-on.ts";

// Also with row-level security switched off the log must tell each side only what it may see.
conversationLogContract(async () => logOn(await deskWithoutWalls()));
