import type { CustomerConversation } from "#protocol/people.ts";
import type { CustomerPanel } from "#protocol/workspace.ts";

export type Inbox = {
  readonly id: string;
  readonly orgId: string;
  readonly organisation: string;
  readonly name: string;
  /** The public key in the embedding page's snippet. */
  readonly key: string;
  /** Origins whose pages may embed the widget; empty: any. */
  readonly origins: readonly string[];
  /** Secret of the identity JWTs, opened; `null` when the inbox has none. */
  readonly identitySecret: string | null;
};

/** A verified customer session. `id` is the SHA-256 of the token's secret, hex. */
export type CustomerSessionRow = {
  readonly id: string;
  readonly orgId: string;
  readonly inboxId: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly verified: boolean;
  readonly deviceId: string;
};

/** What somebody is called who has not told us. */
export const visitorName = "Visitor";

export type Identity = { readonly externalId: string; readonly name: string | null; readonly email: string | null };

/** Customers and their sessions. Each change of somebody who is there stands in the audit log, under its request. */
export interface Customers {
  inbox(key: string): Promise<Inbox | undefined>;
  /** Origins whose pages may embed any of the widgets; `undefined` when one of them may stand anywhere. */
  embeddingPages(): Promise<readonly string[] | undefined>;
  /** A new anonymous customer with a session bound to the device. `hint` is the user agent and language, for the panel. */
  startAnonymous(start: {
    sessionId: string;
    inbox: Inbox;
    deviceId: string;
    name: string;
    hint: { device: string; language: string };
  }): Promise<CustomerSessionRow>;
  session(id: string): Promise<CustomerSessionRow | undefined>;
  endSession(id: string, requestId: string): Promise<void>;
  /** Marks a token id as used; `false` when it was used before. Kept until `expiresAt`. */
  useOnce(orgId: string, jti: string, expiresAt: number): Promise<boolean>;
  /**
   * Makes the session's customer known. If the identity is new, the customer gets it; if it belongs to another customer,
   * the session and the anonymous customer's conversations move there, keys and all, and their ids come back in `moved`.
   */
  identify(
    session: CustomerSessionRow,
    identity: Identity,
    requestId: string,
  ): Promise<{ session: CustomerSessionRow; moved: readonly string[] }>;
  /** Opens a conversation with its first event; the same `clientId` by the same customer gives the same one back. */
  openConversation(
    session: CustomerSessionRow,
    open: { clientId: string; at: number; page?: { url: string; title: string } | undefined },
    requestId: string,
  ): Promise<{ conversationId: string; created: boolean }>;
  conversations(session: CustomerSessionRow): Promise<readonly CustomerConversation[]>;
  /** Who a customer writes as in a conversation of theirs; `undefined` for a foreign or missing one. */
  seatOf(session: CustomerSessionRow, conversationId: string): Promise<{ author: string; name: string } | undefined>;
  panel(orgId: string, customerId: string): Promise<CustomerPanel | undefined>;
  /** Whose conversation it is now: its customer's author id stays, the customer may have become a known one. */
  customerOf(orgId: string, conversationId: string): Promise<string | undefined>;
}
