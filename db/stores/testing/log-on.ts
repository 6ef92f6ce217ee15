import type { LogUnderTest } from "#core/contract/conversation-log.contract.ts";
import { asPerson, Company } from "#core/contract/desk-under-test.ts";
import type { DeskOnPostgres } from "./desk-on-postgres.ts";

/** A desk's log with two colleagues, and customers who open conversations. */
export async function logOn(desk: DeskOnPostgres): Promise<LogUnderTest & { readonly company: Company }> {
  const company = await Company.found(desk);
  return {
    company,
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
}
