import { onTestFinished } from "vitest";
import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import { CustomerSession } from "#client-sdk/customer-session.ts";
import { memoryHouse, type MemoryHouse } from "#client-sdk/memory/memory-house.ts";
import { memoryCustomerWires, memoryStaffWires } from "#client-sdk/memory/memory-wires.ts";
import { WorkspaceSession } from "#client-sdk/workspace-session.ts";

export type StaffedDesk = {
  readonly house: MemoryHouse;
  /** Ben, signed in. */
  readonly desk: WorkspaceSession;
  /** The network goes and comes back. */
  readonly network: { up: boolean };
  /** A customer who has written these; answers with their side and the conversation's id. */
  customer(...texts: string[]): Promise<{ chat: ConversationSession; id: string }>;
};

/** A desk in memory with Ben behind it. */
export async function staffedDesk({ signedIn = true } = {}): Promise<StaffedDesk> {
  const house = memoryHouse();
  const network = { up: true };
  const ben = await house.addStaff("Ben");
  const wires = memoryStaffWires(house, { isUp: () => network.up });
  const desk = new WorkspaceSession({ desk: "", wires });
  onTestFinished(() => desk.destroy());
  if (signedIn) await desk.signIn({ email: ben.email, password: "secret" });
  return { house, desk, network, customer: (...texts) => customerOf(house, texts) };
}

async function customerOf(house: MemoryHouse, texts: readonly string[]) {
  const customer = new CustomerSession({ desk: "", inboxKey: house.inboxKey, wires: memoryCustomerWires(house) });
  onTestFinished(() => customer.destroy());
  await customer.open();
  const chat = customer.conversation();
  for (const text of texts) await chat.sendMessage(text);
  const id = await new Promise<string>((resolve) => {
    const look = () => chat.conversationId && chat.messages.length > texts.length && resolve(chat.conversationId);
    chat.onChange(look);
    look();
  });
  return { chat, id };
}
