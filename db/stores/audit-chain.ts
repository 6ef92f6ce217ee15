import { createHmac, type KeyObject } from "node:crypto";
import type { AuditEntry } from "#core/ports/audit.ts";

/** An entry with its place in its organisation's chain. */
export type ChainedEntry = AuditEntry & { readonly n: number; readonly at: number };

/** Hash of an entry and of all before it. Only who has the key can make one that fits. */
export const chainHash = (key: KeyObject, before: Buffer, entry: ChainedEntry): Buffer =>
  createHmac("sha256", key)
    .update(before)
    .update(canonical(asKept(entry)))
    .digest();

/** What of an entry has a column, and nothing else that may have come along. */
const asKept = (entry: ChainedEntry) => {
  const { orgId, n, at, actorId, actorRole, action, objectType, objectId, outcome, requestId, detail } = entry;
  return { orgId, n, at, actorId, actorRole, action, objectType, objectId, outcome, requestId, detail };
};

/** Checks a chain, entry by entry. */
export class AuditChain {
  readonly #key: KeyObject;
  readonly #head: { readonly n: number; readonly hash: Buffer } | undefined;
  #entries = 0;
  #last: Buffer = Buffer.alloc(0);
  #reachesHead: boolean;
  #firstBad: number | null = null;

  /** @param head the newest entry by the chain's own account: a tail cut off does not reach it */
  constructor(key: KeyObject, head: { readonly n: number; readonly hash: Buffer } | undefined) {
    this.#key = key;
    this.#head = head;
    this.#reachesHead = head === undefined || head.n === 0;
  }

  /** Entries in the order of their numbers. */
  add(entry: ChainedEntry, before: Buffer, hash: Buffer): void {
    this.#entries += 1;
    const fits =
      entry.n === this.#entries && before.equals(this.#last) && hash.equals(chainHash(this.#key, before, entry));
    if (!fits) this.#firstBad ??= this.#entries;
    if (entry.n === this.#head?.n && hash.equals(this.#head.hash)) this.#reachesHead = true;
    this.#last = hash;
  }

  verdict(): { entries: number; firstBad: number | null } {
    const isWhole = this.#reachesHead && (this.#head !== undefined || this.#entries === 0);
    return { entries: this.#entries, firstBad: this.#firstBad ?? (isWhole ? null : this.#entries + 1) };
  }
}

/** The same text for the same entry, whatever order its fields came in. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object"
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
