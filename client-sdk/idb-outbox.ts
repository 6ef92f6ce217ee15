import { deleteDB, openDB, type DBSchema, type IDBPDatabase, type IDBPObjectStore } from "idb";
import { Mailbox } from "#core/mailbox.ts";
import type { ConversationCommand } from "#protocol/conversation.ts";
import type { RefusalCode } from "#protocol/refusals.ts";
import { sealer, type Sealed, type Sealer } from "./outbox-seal.ts";
import type { NewRow, Outbox, OutboxRow } from "./outbox.ts";

/** Texts are sealed; what is plain is needed to find and order the rows. */
type KeptRow = Omit<OutboxRow, "command" | "order"> & {
  readonly clientId: string;
  readonly order?: number;
  readonly sealed: Sealed;
};

interface OutboxSchema extends DBSchema {
  rows: { key: number; value: KeptRow; indexes: { clientId: string; conversation: string } };
  keys: { key: string; value: CryptoKey };
}
type Database = IDBPDatabase<OutboxSchema>;
type Rows = IDBPObjectStore<OutboxSchema, ["rows"], "rows", "readwrite">;

/** Rows in the browser's IndexedDB, for all tabs of one person. Throws where it is missing, blocked or full. */
export async function idbOutbox(name: string): Promise<Outbox> {
  const database = await openDB<OutboxSchema>(name, 1, {
    upgrade(fresh) {
      const rows = fresh.createObjectStore("rows", { keyPath: "order", autoIncrement: true });
      rows.createIndex("clientId", "clientId", { unique: true });
      rows.createIndex("conversation", "conversation");
      fresh.createObjectStore("keys");
    },
    // Another tab signs out and deletes it: whoever held it open would make that wait for ever.
    blocking: (_current, _next, event) => (event.target as IDBDatabase).close(),
  });
  return new IdbOutbox(database, await sealer(keyStore(database)));
}

class IdbOutbox implements Outbox {
  readonly isPersistent = true;
  readonly #database: Database;
  readonly #sealer: Sealer;
  /** Sealing a long text takes longer than sealing a short one; the order is that of pressing Send. */
  readonly #adding = new Mailbox();

  constructor(database: Database, seal: Sealer) {
    this.#database = database;
    this.#sealer = seal;
  }

  add(row: NewRow): Promise<OutboxRow> {
    return this.#adding.post(() => this.#add(row));
  }

  async rows(conversation?: string): Promise<readonly OutboxRow[]> {
    const kept =
      conversation === undefined
        ? await this.#database.getAll("rows")
        : await this.#database.getAllFromIndex("rows", "conversation", conversation);
    const opened = await Promise.all(kept.map((row) => this.#open(row)));
    return opened.filter((row) => row !== undefined).sort((a, b) => a.order - b.order);
  }

  park(clientId: string, code: RefusalCode): Promise<void> {
    return this.#put(clientId, (row) => ({ ...row, parked: code }));
  }

  unpark(clientId: string): Promise<void> {
    return this.#put(clientId, (row) => ({ ...row, parked: null }));
  }

  remove(clientId: string): Promise<void> {
    return this.#change(async (rows) => {
      const order = await rows.index("clientId").getKey(clientId);
      if (order !== undefined) await rows.delete(order);
    });
  }

  rename(from: string, to: string): Promise<void> {
    return this.#change(async (rows) => {
      for (const row of await rows.index("conversation").getAll(from)) await rows.put({ ...row, conversation: to });
    });
  }

  expire(before: number): Promise<number> {
    return this.#change(async (rows) => {
      const old = (await rows.getAll()).filter(({ at }) => at < before);
      for (const { order } of old) if (order !== undefined) await rows.delete(order);
      return old.length;
    });
  }

  async destroy(): Promise<void> {
    this.close();
    await deleteDB(this.#database.name);
  }

  close(): void {
    this.#database.close();
  }

  async #add({ conversation, command, at }: NewRow): Promise<OutboxRow> {
    const { clientId } = command;
    const sealed = await this.#sealer.seal(clientId, JSON.stringify(command));
    const order = await this.#change(async (rows) => {
      const known = await rows.index("clientId").getKey(clientId);
      return known ?? rows.add({ clientId, conversation, at, parked: null, sealed });
    });
    return { conversation, command, at, order, parked: null };
  }

  #put(clientId: string, change: (row: KeptRow) => KeptRow): Promise<void> {
    return this.#change(async (rows) => {
      const row = await rows.index("clientId").get(clientId);
      if (row) await rows.put(change(row));
    });
  }

  /** One transaction; it resolves when the disk has it. */
  async #change<T>(change: (rows: Rows) => Promise<T>): Promise<T> {
    const transaction = this.#database.transaction("rows", "readwrite", { durability: "strict" });
    const [result] = await Promise.all([change(transaction.store), transaction.done]);
    return result;
  }

  /** A row that cannot be opened (its key is gone with a cleared store) is nobody's any more. */
  async #open({ clientId, conversation, at, parked, order, sealed }: KeptRow): Promise<OutboxRow | undefined> {
    const text = await this.#sealer.open(clientId, sealed);
    if (text === undefined || order === undefined) return undefined;
    return { conversation, command: JSON.parse(text) as ConversationCommand, at, order, parked };
  }
}

const keyStore = (database: Database) => ({
  get: () => database.get("keys", "seal"),
  /** The first one stays: two tabs may open at the same time. */
  async keep(key: CryptoKey): Promise<CryptoKey> {
    const transaction = database.transaction("keys", "readwrite", { durability: "strict" });
    const known = await transaction.store.get("seal");
    if (!known) await transaction.store.put(key, "seal");
    await transaction.done;
    return known ?? key;
  },
});
