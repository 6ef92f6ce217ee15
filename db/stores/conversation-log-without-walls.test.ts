import { conversationLogContract } from "#core/contract/conversation-log.contract.ts";
import { asPerson, Company } from "#core/contract/desk-under-test.ts";
import { deskWithoutWalls } from "./testing/desk-on-postgres.ts";

// Also with row-level security switched off the log must tell each side only what it may see.
conversationLogContract(async () => {
  const desk = await deskWithoutWalls();
  const company = await Company.found(desk);
  return {
    log: desk.log,
    ben: asPerson(await company.hire("Ben")),
    dee: asPerson(await company.hire("Dee")),
    nodes: desk.nodes,
    open: async () => {
      const session = await company.visitor("Ana");
      const conversationId = await company.open(session);
      const ana = await company.author(session, conversationId);
      return { conversationId, ana, orgId: company.orgId, inboxId: company.inbox.id };
    },
    close: desk.close,
  };
});
