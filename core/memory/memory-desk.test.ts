import { describe } from "vitest";
import { auditContract } from "#core/contract/audit.contract.ts";
import { auditedChangesContract } from "#core/contract/audited-changes.contract.ts";
import { customersContract } from "#core/contract/customers.contract.ts";
import type { DeskUnderTest } from "#core/contract/desk-under-test.ts";
import { nodeRegistryContract } from "#core/contract/node-registry.contract.ts";
import { privacyContract } from "#core/contract/privacy.contract.ts";
import { setupContract } from "#core/contract/setup.contract.ts";
import { staffContract } from "#core/contract/staff.contract.ts";
import { workspaceFeedContract } from "#core/contract/workspace-feed.contract.ts";
import { memoryAuditLog } from "./audit.ts";
import { memoryConversationLog } from "./conversation-log.ts";
import { memoryCustomers } from "./customers.ts";
import { addEmptyOrganisation, addInbox, memoryDesk, type KeptAuditEntry, type MemoryDesk } from "./memory-desk.ts";
import { memoryNodeRegistry } from "./node-registry.ts";
import { memorySetup } from "./setup.ts";
import { memoryStaff } from "./staff.ts";
import { memoryWorkspaceFeed } from "./workspace-feed.ts";

const start = (): Promise<DeskUnderTest> => over(memoryDesk());

async function over(desk: MemoryDesk): Promise<DeskUnderTest> {
  return {
    log: memoryConversationLog(desk),
    staff: memoryStaff(desk),
    setup: memorySetup(desk),
    customers: memoryCustomers(desk),
    feed: memoryWorkspaceFeed(desk),
    nodes: ["node-1", "node-2"],
    addOrganisation: async (name) => ({ orgId: addEmptyOrganisation(desk, name) }),
    addInbox: async (orgId, inbox) => addInbox(desk, orgId, inbox),
    spoilAudit: async (orgId) => void desk.audit.set(orgId, 0 as never),
    audited: async (orgId) => (desk.audit.get(orgId) ?? []).map(({ hash: _, ...entry }) => entry),
  };
}

describe("the ports in memory", () => {
  describe("staff", () => staffContract(start));
  describe("setup", () => setupContract(start));
  describe("audited changes", () => auditedChangesContract(start));
  describe("customers", () => customersContract(start));
  describe("workspace feed", () => workspaceFeedContract(start));
  describe("privacy", () => privacyContract(start));
  describe("nodes", () =>
    nodeRegistryContract(async () => {
      let now = 0;
      const desk = memoryDesk({ now: () => now });
      return { ...(await over(desk)), registry: memoryNodeRegistry(desk), pass: async (ms) => void (now += ms) };
    }));
  describe("audit", () =>
    auditContract(async () => {
      const desk = memoryDesk();
      const spoil = (orgId: string, how: (entries: KeptAuditEntry[]) => void) => {
        const entries = [...desk.audit.get(orgId)!];
        how(entries);
        desk.audit.set(orgId, entries);
      };
      return {
        audit: memoryAuditLog(desk),
        addOrganisation: async () => addEmptyOrganisation(desk, "Brewster"),
        tamper: {
          change: async (orgId, n) =>
            spoil(orgId, (entries) => (entries[n - 1] = { ...entries[n - 1]!, outcome: "denied" })),
          remove: async (orgId, n) => spoil(orgId, (entries) => entries.splice(n - 1, 1)),
          swap: async (orgId, n, m) =>
            spoil(orgId, (entries) => ([entries[n - 1], entries[m - 1]] = [entries[m - 1]!, entries[n - 1]!])),
        },
      };
    }));
});
