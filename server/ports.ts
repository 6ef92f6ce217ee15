import type { AuditLog } from "#core/ports/audit.ts";
import type { ConversationLog } from "#core/ports/conversation-log.ts";
import type { Customers } from "#core/ports/customers.ts";
import type { NodeRegistry } from "#core/ports/node-registry.ts";
import type { Setup, Staff } from "#core/ports/staff.ts";
import type { WorkspaceFeed } from "#core/ports/workspace-feed.ts";

/** Everything that is kept, by whoever keeps it: the database, or memory in tests. */
export type Ports = {
  readonly log: ConversationLog;
  readonly feed: WorkspaceFeed;
  readonly staff: Staff;
  readonly setup: Setup;
  readonly customers: Customers;
  readonly audit: AuditLog;
  readonly registry: NodeRegistry;
  /** Whether the store answers now. */
  readonly isUp: () => boolean;
};
