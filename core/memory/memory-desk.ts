import type { ConversationEvent } from "#protocol/conversation.ts";
import type { AuditEntry } from "../ports/audit.ts";
import type { Inbox } from "../ports/customers.ts";
import type { StaffUser } from "../ports/staff.ts";

export type KeptUser = StaffUser & { readonly passwordHash: string };
export type KeptStaffSession = { readonly userId: string; readonly expiresAt: number };
export type KeptInbox = Inbox & { /** Number of the newest change in this inbox's feed. */ readonly feedHead: number };
export type KeptCustomer = {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
  readonly email: string | null;
  /** Who the host's server says this is; `null` while anonymous. */
  readonly externalId: string | null;
  readonly since: number;
  readonly device: string;
  readonly language: string;
  readonly page: { readonly url: string; readonly title: string } | null;
};
export type KeptCustomerSession = { readonly customerId: string; readonly inboxId: string; readonly deviceId: string };
export type KeptConversation = {
  readonly id: string;
  readonly orgId: string;
  readonly inboxId: string;
  readonly customerId: string;
  readonly customerAuthor: string;
  readonly epoch: number;
  readonly ownerNode: string | null;
  readonly events: readonly ConversationEvent[];
  readonly reads: ReadonlyMap<string, number>;
  /** Number of its latest change in its inbox's feed. */
  readonly changed: number;
};
export type KeptAuditEntry = AuditEntry & { readonly hash: number };

/** What all ports in memory share, so that a conversation opened through one is seen by the others. */
export type MemoryDesk = {
  readonly now: () => number;
  readonly newId: () => string;
  readonly organisations: Map<string, { readonly id: string; readonly name: string }>;
  readonly users: Map<string, KeptUser>;
  readonly staffSessions: Map<string, KeptStaffSession>;
  readonly inboxes: Map<string, KeptInbox>;
  readonly customers: Map<string, KeptCustomer>;
  readonly customerSessions: Map<string, KeptCustomerSession>;
  /** Until when each used token id is remembered, by organisation and id. */
  readonly usedTokens: Map<string, number>;
  readonly conversations: Map<string, KeptConversation>;
  readonly audit: Map<string, KeptAuditEntry[]>;
};

export function memoryDesk(world: { now?: () => number; newId?: () => string } = {}): MemoryDesk {
  return {
    now: world.now ?? Date.now,
    newId: world.newId ?? countedIds(),
    organisations: new Map(),
    users: new Map(),
    staffSessions: new Map(),
    inboxes: new Map(),
    customers: new Map(),
    customerSessions: new Map(),
    usedTokens: new Map(),
    conversations: new Map(),
    audit: new Map(),
  };
}

/** Well-formed uuids that count up, so that a failing test reads the same each time. */
export function countedIds(): () => string {
  let made = 0;
  return () => {
    made += 1;
    return `00000000-0000-4000-8000-${made.toString(16).padStart(12, "0")}`;
  };
}

/** An organisation with one inbox, as a first start makes it. */
export function addOrganisation(
  desk: MemoryDesk,
  name: string,
  inbox: { name: string; key?: string; origins?: readonly string[]; identitySecret?: string },
): { orgId: string; inboxId: string } {
  const orgId = desk.newId();
  const id = desk.newId();
  desk.organisations.set(orgId, { id: orgId, name });
  desk.inboxes.set(id, {
    id,
    orgId,
    organisation: name,
    name: inbox.name,
    key: inbox.key ?? id,
    origins: inbox.origins ?? [],
    identitySecret: inbox.identitySecret ?? null,
    feedHead: 0,
  });
  return { orgId, inboxId: id };
}

/** Keeps a conversation and gives it the next number of its inbox's feed. */
export function keepConversation(desk: MemoryDesk, conversation: KeptConversation): void {
  const inbox = desk.inboxes.get(conversation.inboxId);
  if (!inbox) throw new Error(`No inbox ${conversation.inboxId}`);
  const changed = inbox.feedHead + 1;
  desk.inboxes.set(inbox.id, { ...inbox, feedHead: changed });
  desk.conversations.set(conversation.id, { ...conversation, changed });
}
