import type { ScopedDb } from "../scope.ts";
import { lockedKey, replaceWrap, wrappedBy } from "./key-shelf.ts";
import type { Keyring } from "./keyring.ts";

/**
 * Wraps all conversation keys of one customer with another's: afterwards destroying the second customer's key makes them
 * unreadable, and destroying the first one's does not. In the transaction that moves the conversations and after
 * `move_conversations`, whose lock keeps new ones from being opened meanwhile.
 */
export async function moveKeys(db: ScopedDb, keyring: Keyring, fromKey: string, toKey: string): Promise<void> {
  const from = await lockedKey(db, fromKey);
  const to = await lockedKey(db, toKey);
  for (const row of await wrappedBy(db, fromKey)) await replaceWrap(db, keyring.rewrap(row, from, to));
}
