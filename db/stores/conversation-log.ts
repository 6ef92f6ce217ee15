import type { Append, Appended, Claimed, ConversationLog } from "#core/ports/conversation-log.ts";
import type { ConversationEvent } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";
import type { Keyring } from "../cipher/keyring.ts";
import type { Database } from "../open.ts";
import { appendLane, RefusedByLog, type SealedAppend, type Verdict } from "./append-call.ts";
import { auditedLane } from "./audited-lane.ts";
import { claimed, type ClaimRow } from "./conversation-claim.ts";
import { ConversationReads } from "./conversation-reads.ts";
import { sealTexts } from "./event-texts.ts";
import { GroupCommit, type GroupCommitOptions } from "./group-commit.ts";
import { isUuid } from "./uuid.ts";

export type ConversationLogOptions = {
  readonly database: Pick<Database, "app" | "log">;
  readonly keyring: Keyring;
  readonly commits?: Partial<GroupCommitOptions>;
};

/** The log in PostgreSQL, with this node's one group-commit writer. */
export const conversationLog = (options: ConversationLogOptions): PgConversationLog => new PgConversationLog(options);

export class PgConversationLog extends ConversationReads implements ConversationLog {
  readonly #commits: GroupCommit<SealedAppend, Verdict | RefusedByLog>;

  constructor({ database, keyring, commits }: ConversationLogOptions) {
    super(database.app, keyring);
    this.#commits = new GroupCommit(auditedLane(appendLane(database.log), database.log, keyring), commits);
  }

  close(): void {
    this.#commits.close();
  }

  async claim(conversationId: string, nodeId: string): Promise<Claimed | undefined> {
    if (!isUuid(conversationId)) return undefined;
    const [row] = await this.door.call<ClaimRow>("select * from roomdesk.claim_conversation($1, $2)", [
      conversationId,
      nodeId,
    ]);
    if (!row) return undefined;
    this.scopes.keep(conversationId, { orgId: row.org_id, dekId: row.dek_id, customerId: row.customer_id });
    return claimed(this.keyring, conversationId, row);
  }

  async release(conversationId: string, epoch: number): Promise<void> {
    await this.door.call("select roomdesk.release_conversation($1, $2)", [conversationId, epoch]);
  }

  async stillOwned(owned: ReadonlyMap<string, number>): Promise<ReadonlySet<string>> {
    const asked = [[...owned.keys()], [...owned.values()]];
    const rows = await this.door.call<{ id: string }>("select roomdesk.still_owned($1, $2) as id", asked);
    return new Set(rows.map(({ id }) => id));
  }

  async append(append: Append): Promise<Appended> {
    const scope = await this.scopes.of(append.conversationId);
    if (!scope) return { outcome: "fenced" };
    // Sealed before it joins a batch: the lane is everybody's, and encryption is work.
    const sealed = await sealTexts(this.keyring, { ...scope, conversationId: append.conversationId }, append.events);
    const outcome = await this.#commits.submit({ ...append, orgId: scope.orgId, sealed });
    if (outcome instanceof RefusedByLog) throw outcome;
    return outcome === "duplicate" ? { outcome, event: await this.#first(append) } : { outcome };
  }

  async read(conversationId: string, person: { side: Side; id: string }, upTo: number): Promise<void> {
    await this.door.call("select roomdesk.mark_read($1, $2, $3, $4)", [conversationId, person.side, person.id, upTo]);
  }

  /** The event that an append's key already stands for. The last event carries the person's own key. */
  async #first({ conversationId, events }: Append): Promise<ConversationEvent> {
    for (const { by, clientId } of events.toReversed()) {
      const known = by.side !== "system" && (await this.byKey(conversationId, { side: by.side, id: by.id }, clientId));
      if (known) return known;
    }
    throw new Error("The log knows the key of an append but not its event");
  }
}
