import type { StaffRole } from "#protocol/people.ts";
import type { By } from "./audit.ts";
import type { Inbox } from "./customers.ts";

export type StaffUser = {
  readonly id: string;
  readonly orgId: string;
  readonly organisation: string;
  readonly role: StaffRole;
  readonly name: string;
  readonly email: string;
};

/** A signed-in browser. `id` is the SHA-256 of the cookie's secret, hex: the store never holds the secret itself. */
export type StaffSessionRow = { readonly id: string; readonly user: StaffUser; readonly expiresAt: number };

export type NewStaffUser = {
  readonly orgId: string;
  readonly email: string;
  readonly name: string;
  readonly role: StaffRole;
  /** argon2id, in PHC string format. */
  readonly passwordHash: string;
};

/** The address already has an account, in this organisation or in another: people sign in by address alone. */
export class EmailTaken extends Error {
  override readonly name = "EmailTaken";
}

/**
 * Staff accounts and their sessions. E-mails are looked up by a keyed hash of the normalised address. Each change stands in
 * the audit log, under the request that asked for it.
 */
export interface Staff {
  /** `undefined` for an unknown address; the caller still spends the time of a hash. */
  credentials(email: string): Promise<{ readonly user: StaffUser; readonly passwordHash: string } | undefined>;
  startSession(
    session: { id: string; userId: string; orgId: string; expiresAt: number; device: string },
    requestId: string,
  ): Promise<void>;
  session(id: string): Promise<StaffSessionRow | undefined>;
  endSession(id: string, requestId: string): Promise<void>;
  /** Signs out everywhere; returns the ids of the sessions that ended. */
  endAllSessions(userId: string, requestId: string): Promise<readonly string[]>;
  /** Which of these sessions, staff's or customers', have ended, run out or never were. Asked every two seconds for the open sockets. */
  ended(ids: readonly string[]): Promise<readonly string[]>;
  /** Colleagues of an organisation. */
  list(orgId: string): Promise<readonly StaffUser[]>;
  setPassword(userId: string, passwordHash: string, by: By): Promise<void>;
}

/** Who may make the first admin: the holder of a link, by the hash of its token, or the server itself for its demo. */
export type SetupRight = { readonly tokenHash: string } | "server";

/** The first start of a desk. */
export interface Setup {
  /** Does this while no other node of the desk does anything under here: nodes that are started together take turns. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Whether there is an organisation with an admin. */
  isDone(): Promise<boolean>;
  /** Offers a one-time link by its token's hash; the links offered before, by whichever node, stop working. */
  offer(tokenHash: string): Promise<void>;
  /** Whether this link would be taken now. */
  isOffered(tokenHash: string): Promise<boolean>;
  /**
   * Creates the organisation, its keys, its first inbox (with a random key and identity secret) and its first admin, once,
   * and uses the link up with them; `undefined` when it was done already or the link is not the one.
   */
  complete(
    first: { organisation: string; admin: Omit<NewStaffUser, "orgId" | "role">; inboxName: string },
    right: SetupRight,
    requestId: string,
  ): Promise<StaffUser | undefined>;
  /** Throws `EmailTaken`. */
  addUser(user: NewStaffUser, by: By): Promise<StaffUser>;
  /** The inboxes of an organisation: their public keys stand in the embedding pages' snippets. */
  inboxes(orgId: string): Promise<readonly Inbox[]>;
}
