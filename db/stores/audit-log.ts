import { and, eq, gt, sql } from "drizzle-orm";
import type { AuditEntry, AuditLog } from "#core/ports/audit.ts";
import type { Keyring } from "../cipher/keyring.ts";
import type { Database } from "../open.ts";
import { auditHead, auditLog as log } from "../schema/audit.ts";
import type { ScopedDb } from "../scope.ts";
import { AuditChain, chainHash, type ChainedEntry } from "./audit-chain.ts";
import { system } from "./organisations.ts";

export type AuditLogOptions = {
  readonly database: Pick<Database, "withCtx">;
  readonly keyring: Pick<Keyring, "auditKey">;
  readonly now?: () => number;
  /** How many entries a verification reads at a time. */
  readonly pageSize?: number;
};

export type PgAuditLog = AuditLog & {
  /** In the change's own transaction: without the entry there is no change, and without the change no entry. */
  writeIn(db: ScopedDb, entry: AuditEntry): Promise<void>;
};

export function auditLog({ database, keyring, now = Date.now, pageSize = 1000 }: AuditLogOptions): PgAuditLog {
  const writeIn = async (db: ScopedDb, entry: AuditEntry): Promise<void> => {
    const head = await lockHead(db, entry.orgId);
    const chained = { ...entry, n: head.n + 1, at: now() };
    await append(db, chained, head.hash, chainHash(keyring.auditKey, head.hash, chained));
  };
  return {
    writeIn,
    write: (entry) => database.withCtx(system(entry.orgId), (db) => writeIn(db, entry)),
    verify: (orgId) =>
      database.withCtx(system(orgId), async (db) => {
        // The head first: entries written meanwhile come after it and must chain just the same.
        const [head] = await db.select().from(auditHead).where(eq(auditHead.orgId, orgId));
        const chain = new AuditChain(keyring.auditKey, head);
        for await (const row of entries(db, orgId, pageSize)) chain.add(row, row.prevHash, row.hash);
        return chain.verdict();
      }),
  };
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

async function* entries(db: ScopedDb, orgId: string, pageSize: number) {
  for (let after = Number.MIN_SAFE_INTEGER, more = true; more;) {
    const page = await db
      .select()
      .from(log)
      .where(and(eq(log.orgId, orgId), gt(log.n, after)))
      .orderBy(log.n)
      .limit(pageSize);
    yield* page;
    after = page.at(-1)?.n ?? after;
    more = page.length === pageSize;
  }
}
