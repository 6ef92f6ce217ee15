import { eq } from "drizzle-orm";
import type { Door } from "../open.ts";
import { sessions } from "../schema/people.ts";
import { system } from "./organisations.ts";

/** Ends a session, staff's or a customer's; one that has ended or never was stays as it is. */
export async function endSession(door: Door, id: string): Promise<void> {
  const [found] = await door.call<{ org_id: string }>("select org_id from roomdesk.find_session($1)", [id]);
  if (!found) return;
  await door.withCtx(system(found.org_id), (db) =>
    db.update(sessions).set({ endedAt: new Date() }).where(eq(sessions.id, id)),
  );
}
