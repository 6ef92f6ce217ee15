import { sql } from "drizzle-orm";
import { statusChanged } from "#core/audit-entries.ts";
import type { ConversationEvent } from "#protocol/conversation.ts";
import type { Keyring } from "../cipher/keyring.ts";
import type { Door } from "../open.ts";
import type { ScopedDb } from "../scope.ts";
import { argumentsOf, outcomeOf, type RefusedByLog, type SealedAppend, type Verdict } from "./append-call.ts";
import { writeAudit } from "./audit-entry.ts";
import { heldUp, type Lane } from "./group-commit.ts";
import { system } from "./organisations.ts";

type AppendLane = Lane<SealedAppend, Verdict | RefusedByLog>;

/**
 * The lane of all appends. What stands in the audit log too goes alone, in a transaction with its entry: a message says
 * itself what happened, but who closed a conversation must be provable.
 */
export function auditedLane(plain: AppendLane, door: Pick<Door, "withCtx">, keyring: Keyring): AppendLane {
  return {
    keyOf: (append) => plain.keyOf(append),
    async many(appends) {
      const others = appends.filter((append) => !isAudited(append));
      const outcomes = others.length > 0 ? [...(await plain.many(others))] : [];
      return appends.map((append) => (isAudited(append) ? heldUp : (outcomes.shift() ?? heldUp)));
    },
    one: (append) =>
      isAudited(append)
        ? door.withCtx(system(append.orgId), (db) => appendWithEntries(db, keyring, append))
        : plain.one(append),
  };
}

async function appendWithEntries(db: ScopedDb, keyring: Keyring, append: SealedAppend) {
  const given = argumentsOf([append], true).map((one) => sql.param(one));
  const { rows } = await db.execute<{ letters: string }>(
    sql`select roomdesk.append_events(${sql.join(given, sql`, `)}) as letters`,
  );
  const outcome = outcomeOf(rows[0]?.letters ?? "");
  if (outcome === heldUp) throw new Error("append_events did not wait");
  if (outcome === "kept")
    for (const event of append.events.filter(changesStatus))
      await writeAudit(db, keyring, statusChanged(append, event, await roleOf(db, event)));
  return outcome;
}

async function roleOf(db: ScopedDb, { by }: ConversationEvent): Promise<string> {
  if (by.side === "customer") return "customer";
  const { rows } = await db.execute<{ role: string | null }>(sql`select roomdesk.role_of(${by.id}) as role`);
  return rows[0]?.role ?? "none";
}

const isAudited = ({ events }: SealedAppend): boolean => events.some(changesStatus);

const changesStatus = ({ type }: ConversationEvent): boolean =>
  type === "conversation.closed" || type === "conversation.reopened";
