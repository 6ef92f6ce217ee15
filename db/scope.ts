import type { StaffRole } from "#protocol/people.ts";
import { PgDialect } from "drizzle-orm/pg-core";
import { NodePgSession, NodePgTransaction } from "drizzle-orm/node-postgres/session";
import type pg from "pg";
import { asFault, CommitUnknown, isCommitUnknown, serverError, TransactionRolledBack } from "./faults.ts";

/** On whose behalf a transaction runs. The policies in the database read exactly this. */
export type Ctx = {
  /** `null`: before the organisation is known. Then only what needs no organisation is visible. */
  readonly org: string | null;
  readonly uid: string | null;
  readonly role: "customer" | StaffRole | "system";
};

declare const scoped: unique symbol;

type Transaction = NodePgTransaction<Record<string, never>, Record<string, never>>;

/** A transaction that knows its organisation. Only `withCtx` makes one, so nothing can be queried without. */
export type ScopedDb = Omit<Transaction, "transaction"> & {
  readonly [scoped]: true;
  /** A savepoint: what throws in there undoes only what was done in there. */
  transaction<T>(part: (db: ScopedDb) => Promise<T>): Promise<T>;
};

export type Lease = { readonly client: pg.PoolClient; release(broken: Error | undefined): void };

// `true`: for this transaction only. Anything longer would be the next one's context.
const setCtx = "select set_config('app.org',$1,true),set_config('app.uid',$2,true),set_config('app.role',$3,true)";
const dialect = new PgDialect();

/** Runs `fn` in one transaction under `ctx`. It is committed when this returns; throwing rolls it back. */
export async function withCtx<T>(lease: Lease, ctx: Ctx, fn: (db: ScopedDb) => Promise<T>): Promise<T> {
  const connection = new Connection(lease.client);
  try {
    const begun = connection.query("begin");
    await Promise.all([begun, connection.query(setCtx, [ctx.org ?? "", ctx.uid ?? "", ctx.role])]);
    const result = await fn(connection.scopedDb());
    await connection.commit();
    return result;
  } catch (error) {
    await connection.rollback();
    throw asFault(error);
  } finally {
    lease.release(connection.close());
  }
}

/** One client for the length of one transaction. Whoever keeps it longer finds it closed. */
class Connection {
  readonly #client: pg.PoolClient;
  readonly #onError = (error: Error) => void (this.#broken = error);
  #broken: Error | undefined;
  #state: "open" | "committing" | "over" = "open";

  constructor(client: pg.PoolClient) {
    this.#client = client;
    client.on("error", this.#onError); // without, a restart of PostgreSQL ends the process
  }

  async query(query: string | pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult> {
    if (this.#state === "over") throw new Error("This transaction is over: use its ScopedDb only inside withCtx");
    try {
      return await this.#client.query(query, values);
    } catch (error) {
      if (serverError(error) === undefined) this.#broken = error as Error;
      throw error;
    }
  }

  scopedDb(): ScopedDb {
    // drizzle wants a whole client and calls nothing of it but `query`.
    const session = new NodePgSession(this as unknown as pg.PoolClient, dialect, undefined);
    return new NodePgTransaction(dialect, session, undefined) as unknown as ScopedDb;
  }

  async commit(): Promise<void> {
    this.#state = "committing";
    try {
      const { command } = await this.query("commit");
      this.#state = "over";
      if (command !== "COMMIT") throw new TransactionRolledBack("The transaction was rolled back");
    } catch (error) {
      if (error instanceof TransactionRolledBack || !isCommitUnknown(error)) throw error;
      this.#broken = error as Error;
      throw new CommitUnknown("The connection was lost during COMMIT", { cause: error });
    }
  }

  async rollback(): Promise<void> {
    if (this.#broken || this.#state === "over") return;
    try {
      await this.query("rollback");
    } catch (error) {
      this.#broken = error as Error; // a connection that cannot roll back is nobody's any more
    }
  }

  /** Tells why the client must not be used again, if so. */
  close(): Error | undefined {
    this.#state = "over";
    this.#client.off("error", this.#onError);
    const status = this.#client.getTransactionStatus();
    return this.#broken ?? (status === "I" ? undefined : new Error(`Left in transaction status ${status}`));
  }
}
