import { randomUUID } from "node:crypto";
import { byServer } from "#core/audit-entries.ts";
import { memoryConversationLog, type MemoryConversationLog } from "#core/memory/conversation-log.ts";
import { memoryCustomers } from "#core/memory/customers.ts";
import { addOrganisation, memoryDesk, type MemoryDesk } from "#core/memory/memory-desk.ts";
import { memorySetup } from "#core/memory/setup.ts";
import { memoryStaff } from "#core/memory/staff.ts";
import { memoryWorkspaceFeed } from "#core/memory/workspace-feed.ts";
import type { Inbox } from "#core/ports/customers.ts";
import type { StaffRole } from "#protocol/people.ts";
import type { Viewer } from "../door/viewer.ts";

export const browser = "Mozilla/5.0 (X11; Linux x86_64) Test/1.0";
export const shop = "https://shop.example";

/** An organisation with its people, over ports in memory. */
export class TestDesk {
  readonly memory: MemoryDesk = memoryDesk({ newId: () => randomUUID() });
  readonly log: MemoryConversationLog = memoryConversationLog(this.memory);
  readonly customers = memoryCustomers(this.memory);
  readonly staff = memoryStaff(this.memory);
  readonly feed = memoryWorkspaceFeed(this.memory);
  readonly orgId: string;
  readonly #inbox: Inbox;

  constructor(name = "Shop") {
    const { orgId, inboxId } = addOrganisation(this.memory, name, { name: "Website" });
    this.orgId = orgId;
    this.#inbox = inboxOf(this.memory, inboxId);
  }

  /** A signed-in colleague. */
  async colleague(name: string, role: StaffRole = "agent", desk: { orgId: string } = this): Promise<Viewer> {
    const user = await memorySetup(this.memory).addUser(
      {
        orgId: desk.orgId,
        name,
        role,
        email: `${name}.${randomUUID()}@shop.example`,
        passwordHash: "",
      },
      byServer("request"),
    );
    const sessionId = randomUUID();
    const expiresAt = this.memory.now() + 86_400_000;
    await this.staff.startSession(
      { id: sessionId, userId: user.id, orgId: user.orgId, expiresAt, device: browser },
      "request",
    );
    return this.#viewer({ side: "staff", id: user.id, name, role }, user.orgId, sessionId);
  }

  /** A customer in a conversation of theirs. */
  async customer(name: string): Promise<{ viewer: Viewer; conversationId: string }> {
    const hint = { device: browser, language: "en" };
    const start = { sessionId: randomUUID(), inbox: this.#inbox, deviceId: randomUUID(), name, hint };
    const session = await this.customers.startAnonymous(start);
    const { conversationId } = await this.customers.openConversation(
      session,
      {
        clientId: randomUUID(),
        at: this.memory.now(),
      },
      "request",
    );
    const seat = await this.customers.seatOf(session, conversationId);
    const person = { side: "customer", id: seat?.author ?? "", name } as const;
    return { viewer: this.#viewer(person, this.orgId, session.id), conversationId };
  }

  /** Another organisation on the same desk. */
  rival(): { orgId: string } {
    return addOrganisation(this.memory, "Rival", { name: "Website" });
  }

  /** The texts of a conversation as they are kept. */
  kept(conversationId: string): (string | null)[] {
    const events = this.memory.conversations.get(conversationId)?.events ?? [];
    return events.flatMap((event) => ("body" in event ? [event.body] : []));
  }

  #viewer(person: Viewer["person"], orgId: string, sessionId: string): Viewer {
    return { person, orgId, sessionId, userAgent: browser, origin: shop, ip: "203.0.113.7" };
  }
}

function inboxOf(memory: MemoryDesk, id: string): Inbox {
  const inbox = memory.inboxes.get(id);
  if (!inbox) throw new Error("The desk has no inbox");
  return inbox;
}
