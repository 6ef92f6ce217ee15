import { onTestFinished } from "vitest";
import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import { CustomerSession } from "#client-sdk/customer-session.ts";
import { MemoryHouse } from "#client-sdk/memory/memory-house.ts";
import { memoryCustomerWires, memoryStaffWires } from "#client-sdk/memory/memory-wires.ts";
import { WorkspaceSession } from "#client-sdk/workspace-session.ts";
import type { RoomdeskWidget } from "../widget.component.ts";
import { onPage } from "./stage.ts";

/** A desk in memory with widgets before it, each a tab of the same browser, and one agent behind it. */
export class MemoryStage {
  readonly house = new MemoryHouse();
  isUp = true;
  readonly #isUp = () => this.isUp;

  /** A tab of this browser. */
  async tab(): Promise<RoomdeskWidget> {
    const wires = memoryCustomerWires(this.house, { isUp: this.#isUp });
    const arrive: RoomdeskWidget["arrive"] = async ({ inbox, server }) =>
      new CustomerSession({ desk: server, inboxKey: inbox, wires });
    const widget = await onPage(undefined as never, { inbox: this.house.inboxKey, arrive });
    onTestFinished(() => widget.logout());
    return widget;
  }

  /** Ben, in the newest conversation. */
  async ben(): Promise<ConversationSession> {
    await this.house.addStaff("Ben");
    const desk = new WorkspaceSession({ desk: location.origin, wires: memoryStaffWires(this.house) });
    onTestFinished(() => desk.destroy());
    await desk.signIn({ email: "ben@example.com", password: "secret", remember: false });
    const id = [...this.house.desk.conversations.keys()].at(-1);
    if (id === undefined) throw new Error("Nobody has written yet.");
    return desk.conversation(id);
  }
}
