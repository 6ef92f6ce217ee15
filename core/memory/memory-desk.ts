import type { ConversationEvent } from "#protocol/conversation.ts";
import type { AuditEntry } from "../ports/audit.ts";
import type { Inbox } from "../ports/customers.ts";
import type { StaffUser } from "../ports/staff.ts";

export type KeptUser = StaffUser & { readonly passwordHash: string };
export type KeptStaffSession = { readonly userId: string; readonly expiresAt: number };
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
  readonly page: { readonly url: string; readonly title: string } | null;
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
  /** Hashes of the links for the first start that work. */
  readonly setupLinks: Set<string>;
  readonly organisations: Map<string, { readonly id: string; readonly name: string }>;
  readonly users: Map<string, KeptUser>;
  readonly staffSessions: Map<string, KeptStaffSession>;
  readonly inboxes: Map<string, Inbox>;
  /** Number of the newest change in each inbox's feed. */
  readonly feedHeads: Map<string, number>;
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
    setupLinks: new Set(),
    organisations: new Map(),
    users: new Map(),
    staffSessions: new Map(),
    inboxes: new Map(),
    feedHeads: new Map(),
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

export type NewInbox = {
  readonly name: string;
  readonly key?: string;
  readonly origins?: readonly string[];
  readonly identitySecret?: string | null;
};

/** An organisation with one inbox, as a first start makes it. */
export function addOrganisation(desk: MemoryDesk, name: string, inbox: NewInbox): { orgId: string; inboxId: string } {
  const orgId = addEmptyOrganisation(desk, name);
  return { orgId, inboxId: addInbox(desk, orgId, inbox).id };
}

export function addEmptyOrganisation(desk: MemoryDesk, name: string): string {
  const id = desk.newId();
  desk.organisations.set(id, { id, name });
  return id;
}

export function addInbox(desk: MemoryDesk, orgId: string, given: NewInbox): Inbox {
  const id = desk.newId();
  const organisation = desk.organisations.get(orgId)?.name ?? "";
  const inbox = { id, orgId, organisation, key: id, origins: [], identitySecret: null, ...given };
  desk.inboxes.set(id, inbox);
  desk.feedHeads.set(id, 0);
  return inbox;
}

/** Keeps a conversation and gives it the next number of its inbox's feed. */
export function keepConversation(desk: MemoryDesk, conversation: KeptConversation): void {
  const changed = (desk.feedHeads.get(conversation.inboxId) ?? 0) + 1;
  desk.feedHeads.set(conversation.inboxId, changed);
  desk.conversations.set(conversation.id, { ...conversation, changed });
}
