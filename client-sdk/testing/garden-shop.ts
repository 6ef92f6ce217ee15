import { onTestFinished } from "vitest";
import type { ConversationSession } from "../conversation-session.ts";
import { CustomerSession } from "../customer-session.ts";
import { pageMemory } from "../device-memory.ts";
import { aloneTab } from "../leader-tab.ts";
import { MemoryHouse } from "../memory/memory-house.ts";
import { memoryCustomerWires, memoryStaffWires } from "../memory/memory-wires.ts";
import type { MessageView } from "../view-line.ts";
import { WorkspaceSession } from "../workspace-session.ts";
import { manualWorld, settled } from "./manual-world.ts";
import { sharedOutbox } from "./shared-outbox.ts";

const desk = "http://desk.example";

/** A desk in memory, with Ana in the shop and Ben behind the counter. `isUp: false` takes the desk away. */
export class GardenShop {
  readonly world = manualWorld();
  readonly house = new MemoryHouse(this.world);
  isUp = true;

  /** Ana's browser: a new one, or the one whose memory and outbox are given. */
  async ana({ memory = pageMemory(), outbox = sharedOutbox() } = {}) {
    const { world, house } = this;
    const keeping = async () => ({ outbox: outbox.open(), tabs: aloneTab() });
    const wires = memoryCustomerWires(house, { isUp: () => this.isUp });
    const customer = new CustomerSession({ desk, inboxKey: house.inboxKey, world, memory, keeping, wires });
    onTestFinished(() => customer.destroy());
    await customer.open();
    return { customer, memory, outbox };
  }

  async ben() {
    const { email } = await this.house.addStaff("Ben");
    const keeping = async () => ({ outbox: sharedOutbox().open(), tabs: aloneTab() });
    const wires = memoryStaffWires(this.house, { isUp: () => this.isUp });
    const session = new WorkspaceSession({ desk, world: this.world, keeping, wires });
    onTestFinished(() => session.destroy());
    await session.signIn({ email, password: "secret" });
    return session;
  }

  /** Both in one conversation, which Ana has begun with "hello". */
  async talking() {
    const { customer } = await this.ana();
    const theirs = customer.conversation();
    await theirs.sendMessage("hello");
    await settled();
    const ours = (await this.ben()).conversation(theirs.conversationId!);
    await settled();
    return { theirs, ours };
  }
}

export const texts = (session: ConversationSession) =>
  session.messages.map((line) => ("body" in line ? `${line.name || "?"}: ${line.body}` : line.kind));
export const messages = (session: ConversationSession) =>
  session.messages.filter((line): line is MessageView => "body" in line);
export const last = (session: ConversationSession) => messages(session).at(-1)!;
