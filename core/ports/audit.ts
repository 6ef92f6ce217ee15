/** One entry of the hash-chained audit log: ids and codes only, never a text or a name. */
export type AuditEntry = {
  readonly orgId: string;
  readonly actorId: string | null;
  readonly actorRole: string;
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string | null;
  readonly outcome: "done" | "denied";
  readonly requestId: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
};

/** Who makes a change, and in which request. */
export type By = Pick<AuditEntry, "actorId" | "actorRole" | "requestId">;

/**
 * The audit log of one organisation. What is changed is written down by the store that changes it, in the change's own
 * transaction: no entry, no change.
 */
export interface AuditLog {
  /** For what changes nothing: refusals. */
  write(entry: AuditEntry): Promise<void>;
  /** Checks the whole chain; `firstBad` is the number of the first entry that does not fit. */
  verify(orgId: string): Promise<{ entries: number; firstBad: number | null }>;
}
