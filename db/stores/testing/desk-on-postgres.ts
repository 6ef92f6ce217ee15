import { eq } from "drizzle-orm";
import type { DeskUnderTest } from "#core/contract/desk-under-test.ts";
import type { AuditEntry } from "#core/ports/audit.ts";
import { openKeyring } from "../../cipher/open-keyring.ts";
import type { Keyring } from "../../cipher/keyring.ts";
import { auditLog } from "../../schema/audit.ts";
import { inboxes } from "../../schema/inboxes.ts";
import { freshDatabase, type FreshDatabase } from "../../testing/fresh-database.ts";
import { connect } from "../../open/connect.ts";
import { conversationLog } from "../conversation-log.ts";
import { customersStore } from "../customers.ts";
import { openInbox, sealInbox } from "../inboxes.ts";
import { newOrganisation, organisationOf, system } from "../organisations.ts";
import { setupStore } from "../setup.ts";
import { staffStore } from "../staff.ts";
import { workspaceFeed } from "../workspace-feed.ts";

export type DeskOnPostgres = DeskUnderTest & {
  readonly fresh: FreshDatabase;
  readonly keyring: Keyring;
  close(): Promise<void>;
};

/** Every port over a database of its own. */
export const deskOnPostgres = (): Promise<DeskOnPostgres> => furnish(freshDatabase());

/** The same with row-level security switched off: what the stores ask for must be right without the second wall. */
export const deskWithoutWalls = (): Promise<DeskOnPostgres> => furnish(withoutWalls());

export async function withoutWalls(): Promise<FreshDatabase> {
  const fresh = await freshDatabase();
  await using admin = await connect(fresh.adminUrl);
  await admin.query(`do $$ declare t regclass; begin
    for t in select oid from pg_class where relnamespace = 'roomdesk'::regnamespace and relkind = 'r'
    loop execute format('alter table %s disable row level security', t); end loop;
  end $$`);
  return fresh;
}

async function furnish(opening: Promise<FreshDatabase>): Promise<DeskOnPostgres> {
  const fresh = await opening;
  const { database } = fresh;
  const keyring = await openKeyring(database.app, fresh.secret);
  const log = conversationLog({ database, keyring });
  return {
    fresh,
    keyring,
    log,
    staff: staffStore({ database, keyring }),
    setup: setupStore({ database, keyring }),
    customers: customersStore({ database, keyring }),
    feed: workspaceFeed({ database, keyring }),
    nodes: ["node-a", "node-b"],
    addOrganisation: async (name) => {
      const organisation = await newOrganisation(keyring, name);
      await database.withCtx(system(organisation.id), organisation.keep);
      return { orgId: organisation.id };
    },
    addInbox: async (orgId, given) => {
      const organisation = await organisationOf(database.app, orgId);
      const inbox = await sealInbox(keyring, organisation, given);
      const added = await database.withCtx(system(orgId), (db) => db.insert(inboxes).values(inbox).returning());
      return openInbox(keyring, { ...added[0]!, organisation: organisation.name, keyId: organisation.keyId });
    },
    spoilAudit: async (orgId) => {
      await using admin = await connect(fresh.adminUrl);
      await admin.query(`alter table roomdesk.audit_log add check (org_id <> '${orgId}') not valid`);
    },
    audited: (orgId) =>
      database.withCtx(system(orgId), async (db) => {
        const rows = await db.select().from(auditLog).where(eq(auditLog.orgId, orgId)).orderBy(auditLog.n);
        return rows.map(({ n: _n, at: _at, prevHash: _before, hash: _hash, ...entry }) => entry as AuditEntry);
      }),
    close: async () => {
      log.close();
      keyring.close();
      await fresh.close();
    },
  };
}
