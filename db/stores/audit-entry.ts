import { sql } from "drizzle-orm";
import type { AuditEntry } from "#core/ports/audit.ts";
import type { Keyring } from "../cipher/keyring.ts";
import type { ScopedDb } from "../scope.ts";
import { chainHash, type ChainedEntry } from "./audit-chain.ts";

/**
 * Writes an entry in the change's own transaction: without the entry there is no change, and without the change no entry.
 * The last thing of it, since everybody else's entries wait from here to the commit.
 */
export async function writeAudit(
  db: ScopedDb,
  { auditKey }: Pick<Keyring, "auditKey">,
  entry: AuditEntry,
  at = Date.now(),
): Promise<void> {
  const head = await lockHead(db, entry.orgId);
  const chained = { ...entry, n: head.n + 1, at };
  await append(db, chained, head.hash, chainHash(auditKey, head.hash, chained));
}

async function lockHead(db: ScopedDb, orgId: string): Promise<{ n: number; hash: Buffer }> {
  const { rows } = await db.execute<{ org: string; n: string; hash: Buffer }>(
    sql`select current_setting('app.org', true) as org, n, hash from roomdesk.lock_audit_head()`,
  );
  const [head] = rows;
  if (head?.org !== orgId) throw new Error("An audit entry belongs into a transaction of its own organisation");
  return { n: Number(head.n), hash: head.hash };
}

const append = (db: ScopedDb, entry: ChainedEntry, before: Buffer, hash: Buffer): Promise<unknown> =>
  db.execute(
    sql`select roomdesk.append_audit(${entry.n}, ${entry.at}, ${entry.actorId}, ${entry.actorRole}, ${entry.action},
      ${entry.objectType}, ${entry.objectId}, ${entry.outcome}, ${entry.requestId}, ${JSON.stringify(entry.detail)},
      ${before}, ${hash})`,
  );
