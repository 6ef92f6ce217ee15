import { hash } from "@node-rs/argon2";
import { randomUUID } from "node:crypto";
import { byServer } from "#core/audit-entries.ts";
import { memoryAuditLog } from "#core/memory/audit.ts";
import { memoryConversationLog } from "#core/memory/conversation-log.ts";
import { memoryCustomers } from "#core/memory/customers.ts";
import { addOrganisation, memoryDesk, type MemoryDesk } from "#core/memory/memory-desk.ts";
import { memoryNodeRegistry } from "#core/memory/node-registry.ts";
import { memorySetup } from "#core/memory/setup.ts";
import { memoryStaff } from "#core/memory/staff.ts";
import { memoryWorkspaceFeed } from "#core/memory/workspace-feed.ts";
import type { Inbox } from "#core/ports/customers.ts";
import type { StaffUser } from "#core/ports/staff.ts";
import type { StaffRole } from "#protocol/people.ts";
import type { Ports } from "../ports.ts";

export const password = "correct horse battery";

export type MemoryPorts = Ports & { readonly memory: MemoryDesk };

/** Every port in memory, as one desk. */
export function memoryPorts(now: () => number = Date.now): MemoryPorts {
  const memory = memoryDesk({ now, newId: randomUUID });
  return {
    memory,
    log: memoryConversationLog(memory),
    feed: memoryWorkspaceFeed(memory),
    staff: memoryStaff(memory),
    setup: memorySetup(memory),
    customers: memoryCustomers(memory),
    audit: memoryAuditLog(memory),
    registry: memoryNodeRegistry(memory),
    isUp: () => true,
  };
}

export type House = { readonly orgId: string; readonly inbox: Inbox; readonly people: Record<string, StaffUser> };

/** An organisation with an inbox and somebody of each role. */
export async function furnish(ports: MemoryPorts, name: string, origins: readonly string[] = []): Promise<House> {
  const key = `${name.toLowerCase()}-key`;
  const identitySecret = `${name}-secret-${"s".repeat(32)}`;
  const { orgId } = addOrganisation(ports.memory, name, { name: `${name} shop`, key, origins, identitySecret });
  const [inbox] = await ports.setup.inboxes(orgId);
  const passwordHash = await hash(password, { memoryCost: 32 * 1024, timeCost: 3, parallelism: 1 });
  const hire = (who: string, role: StaffRole) =>
    ports.setup.addUser(
      {
        orgId,
        name: who,
        email: `${who.toLowerCase()}@${name.toLowerCase()}.example`,
        role,
        passwordHash,
      },
      byServer("request"),
    );
  const people = {
    ada: await hire("Ada", "admin"),
    ben: await hire("Ben", "agent"),
    dee: await hire("Dee", "supervisor"),
  };
  return { orgId, inbox: inbox!, people };
}
