import type pg from "pg";
import type { AuditLog } from "#core/ports/audit.ts";
import type { HistoryWriter } from "./writer.ts";

const who = "dump";

type AuditRow = {
  readonly org: string;
  readonly n: number;
  readonly action: string;
  readonly object: string | null;
  readonly before: string;
  readonly hash: string;
};

/** The audit log's links, and what only the desk's key can tell of them. */
export async function dumpAudit(
  client: pg.Client,
  audit: Pick<AuditLog, "verify">,
  history: HistoryWriter,
): Promise<void> {
  const entries = await client.query<AuditRow>(
    `select org_id as org, n::int, action, object_id as object, encode(prev_hash, 'hex') as before, encode(hash, 'hex') as hash
     from roomdesk.audit_log order by org_id, n`,
  );
  for (const row of entries.rows) history.note({ who, what: "kept.audit", ...row });
  const heads = await client.query<{ org: string; n: number; hash: string }>(
    "select org_id as org, n::int, encode(hash, 'hex') as hash from roomdesk.audit_head order by org_id",
  );
  for (const head of heads.rows) {
    const { firstBad } = await audit.verify(head.org);
    history.note({ who, what: "audit.verdict", ...head, firstBad });
  }
}
