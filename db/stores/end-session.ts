import { and, eq, isNull } from "drizzle-orm";
import { signedOut } from "#core/audit-entries.ts";
import type { Keyring } from "../cipher/keyring.ts";
import type { Door } from "../open.ts";
import { sessions, users } from "../schema/people.ts";
import type { ScopedDb } from "../scope.ts";
import { writeAudit } from "./audit-entry.ts";
import { system } from "./organisations.ts";

/** Ends a session, staff's or a customer's; one that has ended or never was stays as it is. */
export async function endSession(door: Door, keyring: Keyring, id: string, requestId: string): Promise<void> {
  const [found] = await door.call<{ org_id: string }>("select org_id from roomdesk.find_session($1)", [id]);
  if (!found) return;
  const orgId = found.org_id;
  await door.withCtx(system(orgId), async (db) => {
    const [ended] = await db
      .update(sessions)
      .set({ endedAt: new Date() })
      .where(and(eq(sessions.id, id), isNull(sessions.endedAt)))
      .returning({ userId: sessions.userId, customerId: sessions.customerId });
    if (ended) await writeAudit(db, keyring, signedOut({ orgId, ...(await whose(db, ended)) }, requestId));
  });
}

async function whose(
  db: ScopedDb,
  { userId, customerId }: Pick<typeof sessions.$inferSelect, "userId" | "customerId">,
) {
  if (userId === null) return { id: customerId ?? "", role: "customer" };
  const [user] = await db.select({ role: users.role }).from(users).where(eq(users.id, userId));
  return { id: userId, role: user?.role ?? "" };
}
