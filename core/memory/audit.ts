import type { AuditEntry, AuditLog } from "../ports/audit.ts";
import type { MemoryDesk } from "./memory-desk.ts";

/** The chained audit log in memory. Its hash shows slips, not attacks: the database's is keyed. */
export function memoryAuditLog(desk: MemoryDesk): AuditLog {
  return {
    async write(entry) {
      keepAudit(desk, entry);
    },

    async verify(orgId) {
      const entries = desk.audit.get(orgId) ?? [];
      const bad = entries.findIndex(
        ({ hash, ...entry }, i) => hash !== hashOf(i === 0 ? 0 : (entries[i - 1]?.hash ?? 0), entry),
      );
      return { entries: entries.length, firstBad: bad < 0 ? null : bad + 1 };
    },
  };
}

/** Before the change it tells of: what throws here leaves no change behind. */
export function keepAudit(desk: MemoryDesk, entry: AuditEntry): void {
  const entries = desk.audit.get(entry.orgId) ?? [];
  desk.audit.set(entry.orgId, [...entries, { ...entry, hash: hashOf(entries.at(-1)?.hash ?? 0, entry) }]);
}

const hashOf = (before: number, entry: AuditEntry): number => fnv1a(JSON.stringify([before, canonical(entry)]));

const canonical = (entry: AuditEntry) =>
  Object.entries({ ...entry, detail: Object.entries(entry.detail).sort(byName) }).sort(byName);

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

/** A small fixed hash: enough to notice a change, and pure. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
