import { and, eq, isNull } from "drizzle-orm";
import { passwordChanged, signedIn, signedOutEverywhere } from "#core/audit-entries.ts";
import type { By } from "#core/ports/audit.ts";
import type { Staff, StaffSessionRow, StaffUser } from "#core/ports/staff.ts";
import type { Keyring } from "../cipher/keyring.ts";
import { columnRow } from "../cipher/rows.ts";
import type { Database, Door } from "../open.ts";
import { sessions, users } from "../schema/people.ts";
import type { ScopedDb } from "../scope.ts";
import { writeAudit } from "./audit-entry.ts";
import { endSession } from "./end-session.ts";
import { organisationOf, staffOf, system } from "./organisations.ts";
import { emailIndex, openUser, userRows } from "./staff-users.ts";

export type StoreOptions = { readonly database: Pick<Database, "app">; readonly keyring: Keyring };

export const staffStore = (options: StoreOptions): Staff => new PgStaff(options);

type Found = { readonly org_id: string; readonly user_id: string };

/** Staff accounts and sessions in PostgreSQL. The doors tell whose organisation it is; all else is read behind its wall. */
class PgStaff implements Staff {
  readonly #door: Door;
  readonly #keyring: Keyring;

  constructor({ database, keyring }: StoreOptions) {
    this.#door = database.app;
    this.#keyring = keyring;
  }

  async credentials(email: string): ReturnType<Staff["credentials"]> {
    const sealed = emailIndex(this.#keyring, email);
    const [found] = await this.#door.call<Found>("select * from roomdesk.find_user_by_email($1)", [sealed]);
    if (!found) return undefined;
    const [row] = await this.#door.withCtx(system(found.org_id), (db) =>
      userRows(db).where(eq(users.id, found.user_id)),
    );
    return row && { user: await openUser(this.#keyring, row), passwordHash: row.passwordHash };
  }

  async startSession(session: Parameters<Staff["startSession"]>[0], requestId: string): Promise<void> {
    const { id, userId, orgId, expiresAt } = session;
    const { keyId } = await organisationOf(this.#door, orgId);
    const device = await this.#keyring.seal(keyId, columnRow(orgId, "sessions", id, "device"), session.device);
    const row = { id, userId, orgId, expiresAt: new Date(expiresAt), device };
    await this.#door.withCtx(system(orgId), async (db) => {
      const [[user]] = await Promise.all([roleOf(db, userId), db.insert(sessions).values(row)]);
      if (!user) throw new Error(`There is no colleague ${userId}`);
      await writeAudit(db, this.#keyring, signedIn(user, requestId));
    });
  }

  async session(id: string): Promise<StaffSessionRow | undefined> {
    const [found] = await this.#door.call<Partial<Found>>("select * from roomdesk.find_session($1)", [id]);
    if (!found?.org_id || !found.user_id) return undefined;
    const { org_id, user_id } = found;
    const [user, session] = await this.#door.withCtx(staffOf(org_id, user_id), async (db) => {
      const [[row], [live]] = await Promise.all([
        userRows(db).where(eq(users.id, user_id)),
        db.select({ expiresAt: sessions.expiresAt }).from(sessions).where(eq(sessions.id, id)),
      ]);
      return [row, live];
    });
    if (!user || !session) return undefined;
    return { id, user: await openUser(this.#keyring, user), expiresAt: session.expiresAt.getTime() };
  }

  endSession(id: string, requestId: string): Promise<void> {
    return endSession(this.#door, this.#keyring, id, requestId);
  }

  async endAllSessions(userId: string, requestId: string): Promise<readonly string[]> {
    const orgId = await this.#organisationOf(userId);
    if (!orgId) return [];
    return this.#door.withCtx(system(orgId), async (db) => {
      const ending = db
        .update(sessions)
        .set({ endedAt: new Date() })
        .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)))
        .returning({ id: sessions.id });
      const [[user], ended] = await Promise.all([roleOf(db, userId), ending]);
      if (user) await writeAudit(db, this.#keyring, signedOutEverywhere(user, ended.length, requestId));
      return ended.map(({ id }) => id);
    });
  }

  async ended(ids: readonly string[]): Promise<readonly string[]> {
    const asked = [[...ids]];
    const rows = await this.#door.call<{ id: string }>("select roomdesk.ended_sessions($1) as id", asked);
    return rows.map(({ id }) => id);
  }

  async list(orgId: string): Promise<readonly StaffUser[]> {
    const rows = await this.#door.withCtx(staffOf(orgId), (db) =>
      userRows(db)
        .where(and(eq(users.orgId, orgId), isNull(users.disabledAt)))
        .orderBy(users.createdAt, users.id),
    );
    return Promise.all(rows.map((row) => openUser(this.#keyring, row)));
  }

  async setPassword(userId: string, passwordHash: string, by: By): Promise<void> {
    const orgId = await this.#organisationOf(userId);
    if (!orgId) return;
    await this.#door.withCtx(system(orgId), async (db) => {
      await db.update(users).set({ passwordHash }).where(eq(users.id, userId));
      await writeAudit(db, this.#keyring, passwordChanged({ orgId, id: userId }, by));
    });
  }

  async #organisationOf(userId: string): Promise<string | undefined> {
    const [found] = await this.#door.call<Found>("select * from roomdesk.find_user($1)", [userId]);
    return found?.org_id;
  }
}

const roleOf = (db: ScopedDb, userId: string) =>
  db.select({ id: users.id, orgId: users.orgId, role: users.role }).from(users).where(eq(users.id, userId));
