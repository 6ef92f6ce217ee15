import type { Row } from "#protocol/workspace.ts";

/** A row without what only a node's memory knows: who is online or typing, and what this reader has read. */
export type FeedRow = Omit<Row, "unread" | "customerTyping" | "customer"> & {
  readonly customer: Omit<Row["customer"], "online">;
  /** The number of this row's latest change in its inbox's feed. */
  readonly changed: number;
  /** How many messages the customer has written. */
  readonly customerMessages: number;
};

/**
 * The numbered feed of each inbox's changes: a conversation stands in it once, at its latest change. Numbers are given
 * under a lock that is held until the commit, so a reader who has seen N has seen everything up to N.
 */
export interface WorkspaceFeed {
  /**
   * Rows changed after a number, over all inboxes of the organisation, each inbox by its own number: oldest change first,
   * at most `limit` an inbox. `heads` is the next `since`; as long as rows come back there may be more.
   */
  changes(
    orgId: string,
    since: ReadonlyMap<string, number>,
    limit: number,
  ): Promise<{ rows: readonly FeedRow[]; heads: ReadonlyMap<string, number> }>;
  /** All open conversations and the newest closed ones: what a workspace starts from. */
  load(
    orgId: string,
    closedLimit: number,
  ): Promise<{ rows: readonly FeedRow[]; heads: ReadonlyMap<string, number>; closedTotal: number }>;
  /** How many of the customer's messages this reader has read, by conversation; one never read is not in it. */
  readCounts(orgId: string, userId: string): Promise<ReadonlyMap<string, number>>;
  /** Whether a conversation belongs to the organisation. */
  has(orgId: string, conversationId: string): Promise<boolean>;
}
