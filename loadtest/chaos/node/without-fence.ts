import pg from "pg";
import type { Append, Appended, ConversationLog } from "#core/ports/conversation-log.ts";

/**
 * The log as it would be if nothing fenced a stale owner: whoever appends is taken for the owner there is. Chaos must find
 * what comes of it; that proves that chaos can find anything.
 */
export class WithoutFence implements ConversationLog {
  readonly #log: ConversationLog;
  readonly #database: pg.Pool;

  constructor(log: ConversationLog, databaseUrl: string) {
    this.#log = log;
    this.#database = new pg.Pool({ connectionString: databaseUrl, max: 4 });
    this.#database.on("error", () => undefined); // chaos ends connections; the next call opens another
  }

  claim = (...asked: Parameters<ConversationLog["claim"]>) => this.#log.claim(...asked);
  release = (...asked: Parameters<ConversationLog["release"]>) => this.#log.release(...asked);
  since = (...asked: Parameters<ConversationLog["since"]>) => this.#log.since(...asked);
  page = (...asked: Parameters<ConversationLog["page"]>) => this.#log.page(...asked);
  message = (...asked: Parameters<ConversationLog["message"]>) => this.#log.message(...asked);
  byKey = (...asked: Parameters<ConversationLog["byKey"]>) => this.#log.byKey(...asked);
  read = (...asked: Parameters<ConversationLog["read"]>) => this.#log.read(...asked);

  stillOwned = async (owned: ReadonlyMap<string, number>): Promise<ReadonlySet<string>> => new Set(owned.keys());

  async append(append: Append): Promise<Appended> {
    const appended = await this.#log.append(append);
    if (appended.outcome !== "fenced") return appended;
    const epoch = await this.#presentEpoch(append.conversationId);
    return epoch === undefined ? appended : this.#log.append({ ...append, epoch });
  }

  async #presentEpoch(id: string): Promise<number | undefined> {
    const client = await this.#database.connect();
    try {
      const { rows } = await client.query<{ epoch: number }>("select epoch from roomdesk.chat_sessions where id = $1", [
        id,
      ]);
      return rows[0]?.epoch;
    } finally {
      client.release();
    }
  }
}
