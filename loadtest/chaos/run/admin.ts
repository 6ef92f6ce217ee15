import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Heads } from "../people/orders.ts";

/** Makes a commit wait, while the runner says so, for events of a node's conversations: inserted and not yet committed. */
const holding = [
  "create schema if not exists chaos",
  "create table if not exists chaos.held (node text primary key)",
  `create or replace function chaos.hold() returns trigger language plpgsql security definer
     set search_path = chaos, pg_temp as $$
   begin
     if exists (select from chaos.held h join roomdesk.chat_sessions s on s.owner_node = h.node
                where s.id = new.conversation_id) then
       perform pg_advisory_xact_lock_shared(4711);
     end if;
     return null;
   end $$`,
  "drop trigger if exists chaos_hold on roomdesk.chat_events",
  `create constraint trigger chaos_hold after insert on roomdesk.chat_events deferrable initially deferred
     for each row execute function chaos.hold()`,
] as const;

/** The superuser's hands in the database: to break it, and to look. Each call has a connection of its own. */
export class Admin {
  readonly #url: () => string;

  constructor(url: () => string) {
    this.#url = url;
  }

  async prepare(): Promise<void> {
    await this.#with(async (client) => {
      for (const statement of holding) await client.query(statement);
    });
  }

  /** Which node process owns each conversation, by its node id. */
  async owners(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#rows<{ id: string; owner: string | null }>(
      "select id, owner_node as owner from roomdesk.chat_sessions where owner_node is not null order by id",
    );
    return new Map(rows.map(({ id, owner }) => [id, owner ?? ""]));
  }

  async heads(): Promise<Heads> {
    const rows = await this.#rows<{ id: string; staff: number; customer: number }>(
      "select id, last_seq as staff, public_seq as customer from roomdesk.chat_sessions",
    );
    return Object.fromEntries(rows.map(({ id, staff, customer }) => [id, { staff, customer }]));
  }

  async terminateBackends(): Promise<number> {
    const rows = await this.#rows(
      "select pg_terminate_backend(pid) from pg_stat_activity where usename like 'roomdesk%' and pid <> pg_backend_pid()",
    );
    return rows.length;
  }

  /** Nobody can write to a conversation for so long. */
  async holdLock(conversation: string, ms: number): Promise<void> {
    await this.#with(async (client) => {
      await client.query("begin");
      await client.query("select from roomdesk.chat_sessions where id = $1 for update", [conversation]);
      await delay(ms);
      await client.query("rollback");
    });
  }

  /** Lets a node's next commit wait, calls while it does, and then lets it end: committed, or cut off. */
  async atCommitOf(nodeId: string, kill: () => Promise<void>, cutOff: boolean): Promise<boolean> {
    return this.#with(async (client) => {
      await client.query("select pg_advisory_lock(4711)");
      await client.query("insert into chaos.held values ($1) on conflict do nothing", [nodeId]);
      try {
        const waiting = await this.#waiter(client);
        if (waiting === undefined) return false;
        await kill();
        if (cutOff) await client.query("select pg_terminate_backend($1)", [waiting]);
        return true;
      } finally {
        await client.query("delete from chaos.held");
        await client.query("select pg_advisory_unlock(4711)");
      }
    });
  }

  async #waiter(client: pg.Client): Promise<number | undefined> {
    const question = "select pid from pg_locks where locktype = 'advisory' and objid = 4711 and not granted";
    for (let tries = 0; tries < 250; tries += 1) {
      const { rows } = await client.query<{ pid: number }>(question);
      if (rows[0]) return rows[0].pid;
      await delay(20);
    }
    return undefined;
  }

  async #rows<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
    return this.#with(async (client) => (await client.query<Row>(text)).rows);
  }

  async #with<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.#url() });
    client.on("error", () => undefined); // PostgreSQL is being broken
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end().catch(() => undefined); // it may be gone already
    }
  }
}
