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

/** The audit log of one organisation. An entry written with a change is in the change's own transaction. */
export interface AuditLog {
  write(entry: AuditEntry): Promise<void>;
  /** Checks the whole chain; `firstBad` is the number of the first entry that does not fit. */
  verify(orgId: string): Promise<{ entries: number; firstBad: number | null }>;
}
