import { randomUUID } from "node:crypto";
import { byServer } from "#core/audit-entries.ts";
import type { AuditEntry } from "#core/ports/audit.ts";
import type { ConversationLog } from "#core/ports/conversation-log.ts";
import type { Customers, CustomerSessionRow, Inbox } from "#core/ports/customers.ts";
import type { Setup, Staff, StaffUser } from "#core/ports/staff.ts";
import type { WorkspaceFeed } from "#core/ports/workspace-feed.ts";
import type { Person, StaffRole } from "#protocol/people.ts";
import { Owner } from "./owner.ts";

/** All ports of one implementation over one state, as the suites about people need them. */
export type DeskUnderTest = {
  readonly log: ConversationLog;
  readonly staff: Staff;
  readonly setup: Setup;
  readonly customers: Customers;
  readonly feed: WorkspaceFeed;
  readonly nodes: readonly [string, string];
  /** A fresh organisation without people, however many there are. */
  addOrganisation(name: string): Promise<{ readonly orgId: string }>;
  addInbox(
    orgId: string,
    inbox: { name: string; origins?: readonly string[]; identitySecret?: string },
  ): Promise<Inbox>;
  /** What stands in an organisation's audit log, oldest first. */
  audited(orgId: string): Promise<readonly AuditEntry[]>;
  /** From now on nothing can be written into an organisation's audit log. */
  spoilAudit(orgId: string): Promise<void>;
  close?(): Promise<void>;
};

/** One organisation with an inbox, and what tests do in it. */
export class Company {
  readonly desk: DeskUnderTest;
  readonly orgId: string;
  readonly inbox: Inbox;

  private constructor(desk: DeskUnderTest, orgId: string, inbox: Inbox) {
    this.desk = desk;
    this.orgId = orgId;
    this.inbox = inbox;
  }

  static async found(desk: DeskUnderTest, name = "Brewster"): Promise<Company> {
    const { orgId } = await desk.addOrganisation(name);
    return new Company(desk, orgId, await desk.addInbox(orgId, { name: "Web shop" }));
  }

  hire(name: string, role: StaffRole = "agent"): Promise<StaffUser> {
    const email = `${name.toLowerCase()}.${randomUUID()}@brewster.example`;
    return this.desk.setup.addUser(
      { orgId: this.orgId, email, name, role, passwordHash: "$argon2id$none" },
      byServer("request"),
    );
  }

  visitor(
    name = "Ana",
    inbox = this.inbox,
    hint = { device: "Firefox on Linux", language: "de" },
  ): Promise<CustomerSessionRow> {
    return this.desk.customers.startAnonymous({ sessionId: hex(), inbox, deviceId: randomUUID(), name, hint });
  }

  async open(session: CustomerSessionRow, at = 1_750_000_000_000, clientId: string = randomUUID()): Promise<string> {
    return (await this.desk.customers.openConversation(session, { clientId, at }, "request")).conversationId;
  }

  own(conversationId: string): Promise<Owner> {
    return Owner.claim(this.desk.log, conversationId, this.desk.nodes[0]);
  }

  /** Who a customer writes as in a conversation of theirs. */
  async author(session: CustomerSessionRow, conversationId: string): Promise<Person & { side: "customer" }> {
    const seat = await this.desk.customers.seatOf(session, conversationId);
    if (!seat) throw new Error(`${session.customerName} has no seat in ${conversationId}`);
    return { side: "customer", id: seat.author, name: seat.name };
  }
}

export const asPerson = ({ id, name, role }: StaffUser): Person & { side: "staff" } => ({
  side: "staff",
  id,
  name,
  role,
});

/** As ids of sessions are: the SHA-256 of a secret. */
export const hex = (): string => (randomUUID() + randomUUID()).replaceAll("-", "");
/** What PostgreSQL takes for the same id. */
export const otherSpellings = (id: string): string[] =>
  [id.toUpperCase(), `{${id}}`, id.replaceAll("-", "")].filter((other) => other !== id);
