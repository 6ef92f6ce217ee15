import { conversationLogContract } from "#core/contract/conversation-log.contract.ts";
import { logOn } from "./testing/log-on.ts";
import { deskOnPostgres } from "./testing/desk-on-postgres.ts";

conversationLogContract(async () => logOn(await deskOnPostgres()));
