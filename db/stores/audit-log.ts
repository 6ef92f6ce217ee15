import { and, eq, gt } from "drizzle-orm";
import type { AuditLog } from "#core/ports/audit.ts";
import type { Keyring } from "../cipher/keyring.ts";
import type { Database } from "../open.ts";
import { auditHead, auditLog as log } from "../schema/audit.ts";
import type { ScopedDb } from "../scope.ts";
import { AuditChain } from "./audit-chain.ts";
import { writeAudit } from "./audit-entry.ts";
import { system } from "./organisations.ts";

export type AuditLogOptions = {
  readonly database: Pick<Database, "withCtx">;
  readonly keyring: Pick<Keyring, "auditKey">;
  readonly now?: () => number;
  /** How many entries a verification reads at a time. */
  readonly pageSize?: number;
};

export function auditLog({ database, keyring, now = Date.now, pageSize = 1000 }: AuditLogOptions): AuditLog {
  return {
    write: (entry) => database.withCtx(system(entry.orgId), (db) => writeAudit(db, keyring, entry, now())),
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
