import { eq, sql } from "drizzle-orm";
import { setTimeout as delay } from "node:timers/promises";
import { colleagueAdded, deskSetUp } from "#core/audit-entries.ts";
import type { By } from "#core/ports/audit.ts";
import type { Inbox } from "#core/ports/customers.ts";
import { EmailTaken, type NewStaffUser, type Setup, type SetupRight, type StaffUser } from "#core/ports/staff.ts";
import type { Keyring } from "../cipher/keyring.ts";
import { serverError } from "../faults.ts";
import type { Door } from "../open.ts";
import { inboxes } from "../schema/inboxes.ts";
import { users } from "../schema/people.ts";
import type { ScopedDb } from "../scope.ts";
import { writeAudit } from "./audit-entry.ts";
import { inboxRows, newIdentitySecret, openInbox, sealInbox } from "./inboxes.ts";
import { newOrganisation, organisationOf, system } from "./organisations.ts";
import { sealUser } from "./staff-users.ts";
import type { StoreOptions } from "./staff.ts";

const nobody = { org: null, uid: null, role: "system" } as const;
const awakeEveryMs = 3000;
const turnAgainMs = 200;

export const setupStore = (options: StoreOptions): Setup => new PgSetup(options);

/** The first start of a desk, and who and what is added to it. */
class PgSetup implements Setup {
  readonly #door: Door;
  readonly #keyring: Keyring;

  constructor({ database, keyring }: StoreOptions) {
    this.#door = database.app;
    this.#keyring = keyring;
  }

  /** A lock of a transaction's, which ends with the process that holds it; kept awake, or the server would end it. */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      const done = await this.#door.withCtx(nobody, async (db) => {
        const { rows } = await db.execute<{ mine: boolean }>(sql`select pg_try_advisory_xact_lock(7201, 2) as mine`);
        if (!rows[0]?.mine) return undefined;
        const awake = setInterval(() => void db.execute(sql`select`).catch(() => undefined), awakeEveryMs);
        return { result: await work().finally(() => clearInterval(awake)) };
      });
      if (done) return done.result;
      await delay(turnAgainMs);
    }
  }

  async isDone(): Promise<boolean> {
    const [answer] = await this.#door.call<{ done: boolean }>("select roomdesk.setup_done() as done");
    return answer?.done === true;
  }

  async offer(tokenHash: string): Promise<void> {
    await this.#door.call("select roomdesk.offer_setup($1)", [tokenHash]);
  }

  async isOffered(tokenHash: string): Promise<boolean> {
    const [answer] = await this.#door.call<{ is: boolean }>("select roomdesk.setup_offered($1) as is", [tokenHash]);
    return answer?.is === true;
  }

  async complete(
    { organisation, admin, inboxName }: Parameters<Setup["complete"]>[0],
    right: SetupRight,
    requestId: string,
  ): Promise<StaffUser | undefined> {
    const founded = await newOrganisation(this.#keyring, organisation);
    const inbox = await sealInbox(this.#keyring, founded, { name: inboxName, identitySecret: newIdentitySecret() });
    const { row, user } = await sealUser(this.#keyring, founded, { ...admin, role: "admin" });
    const isFirst = await this.#door.withCtx(system(founded.id), async (db) => {
      if (!(await isAllowed(db, right))) return false;
      await founded.keep(db);
      await db.insert(inboxes).values(inbox);
      await db.insert(users).values(row);
      await writeAudit(db, this.#keyring, deskSetUp(user, requestId));
      return true;
    });
    if (!isFirst) this.#keyring.forget(founded.keyId);
    return isFirst ? user : undefined;
  }

  async addUser(given: NewStaffUser, by: By): Promise<StaffUser> {
    const organisation = await organisationOf(this.#door, given.orgId);
    const { row, user } = await sealUser(this.#keyring, organisation, given);
    try {
      await this.#door.withCtx(system(given.orgId), async (db) => {
        await db.insert(users).values(row);
        await writeAudit(db, this.#keyring, colleagueAdded(user, by));
      });
    } catch (error) {
      if (serverError(error)?.constraint === "users_by_email") throw new EmailTaken();
      throw error;
    }
    return user;
  }

  async inboxes(orgId: string): Promise<readonly Inbox[]> {
    const rows = await this.#door.withCtx(system(orgId), (db) => inboxRows(db).where(eq(inboxes.orgId, orgId)));
    return Promise.all(rows.map((row) => openInbox(this.#keyring, row)));
  }
}

/** Whether nobody was first, and this is the link; holds off everybody else who would be, and uses the link up. */
async function isAllowed(db: ScopedDb, right: SetupRight): Promise<boolean> {
  const begun = await db.execute<{ first: boolean }>(sql`select roomdesk.begin_setup() as first`);
  if (!begun.rows[0]?.first) return false;
  if (right === "server") return true;
  const { rows } = await db.execute<{ used: boolean }>(sql`select roomdesk.use_setup(${right.tokenHash}) as used`);
  return rows[0]?.used === true;
}
