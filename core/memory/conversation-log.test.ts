import { describe } from "vitest";
import { conversationLogContract } from "#core/contract/conversation-log.contract.ts";
import { memoryConversationLog } from "./conversation-log.ts";
import { memoryCustomers } from "./customers.ts";
import { addEmptyOrganisation, addInbox, memoryDesk } from "./memory-desk.ts";

describe("the log in memory", () => {
  conversationLogContract(async () => {
    const desk = memoryDesk();
    const orgId = addEmptyOrganisation(desk, "Shop");
    const inbox = addInbox(desk, orgId, { name: "Web" });
    const customers = memoryCustomers(desk);
    return {
      log: memoryConversationLog(desk),
      ben: { side: "staff", id: desk.newId(), name: "Ben", role: "agent" },
      dee: { side: "staff", id: desk.newId(), name: "Dee", role: "agent" },
      nodes: ["node-1", "node-2"],
      async open() {
        const hint = { device: "", language: "" };
        const start = { sessionId: desk.newId(), inbox, deviceId: desk.newId(), name: "Ana", hint };
        const session = await customers.startAnonymous(start);
        const opened = await customers.openConversation(session, { clientId: desk.newId(), at: 1 }, "request");
        const seat = (await customers.seatOf(session, opened.conversationId))!;
        const ana = { side: "customer", id: seat.author, name: seat.name } as const;
        return { conversationId: opened.conversationId, ana, orgId, inboxId: inbox.id };
      },
    };
  });
});
