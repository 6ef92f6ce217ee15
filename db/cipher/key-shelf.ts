import { eq } from "drizzle-orm";
import type { Door } from "../open.ts";
import { keys } from "../schema/keys.ts";
import type { ScopedDb } from "../scope.ts";

/** A wrapped key as it lies in the database. */
export type KeyRow = typeof keys.$inferInsert;

/** Where wrapped keys are read. */
export interface KeyShelf {
  /** The key and those that wrap it, itself first; empty when it is not (any more) there. */
  chain(id: string): Promise<readonly KeyRow[]>;
}

export const keyShelf = (door: Pick<Door, "call">): KeyShelf => ({
  chain: (id) =>
    door.call<KeyRow>(
      `select id, org_id as "orgId", kind, subject_id as "subjectId", parent_id as "parentId", kek, wrapped
       from roomdesk.key_chain($1)`,
      [id],
    ),
});

/** Keeps a new key in the transaction of what it is for. */
export const keepKey = async (db: ScopedDb, row: KeyRow): Promise<void> => void (await db.insert(keys).values(row));

/** A key's row, locked until the transaction ends. */
export async function lockedKey(db: ScopedDb, id: string): Promise<KeyRow> {
  const [row] = await db.select().from(keys).where(eq(keys.id, id)).for("no key update");
  if (!row) throw new Error(`There is no key ${id}`);
  return row;
}

/** The keys that this one wraps. */
export const wrappedBy = (db: ScopedDb, id: string): Promise<readonly KeyRow[]> =>
  db.select().from(keys).where(eq(keys.parentId, id)).orderBy(keys.id).for("no key update");

export async function replaceWrap(db: ScopedDb, { id, parentId, kek, wrapped }: KeyRow): Promise<void> {
  const wrap = { parentId: parentId ?? null, kek, wrapped };
  const { rowCount } = await db.update(keys).set(wrap).where(eq(keys.id, id));
  if (rowCount !== 1) throw new Error(`The key ${id} was not wrapped anew`);
}
