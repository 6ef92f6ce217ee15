import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AuditEntry, AuditLog } from "#core/ports/audit.ts";
import { connect } from "../open/connect.ts";
import { writeAudit } from "./audit-entry.ts";
import { auditLog } from "./audit-log.ts";
import { system } from "./organisations.ts";
import { deskOnPostgres, type DeskOnPostgres } from "./testing/desk-on-postgres.ts";

let desk: DeskOnPostgres;
let audit: AuditLog;
let orgId: string;
beforeAll(async () => {
  desk = await deskOnPostgres();
  audit = auditLog({ database: desk.fresh.database, keyring: desk.keyring, pageSize: 10 });
});
beforeEach(async () => {
  ({ orgId } = await desk.addOrganisation("Brewster"));
});
afterAll(() => desk.close());

const entry = (action: string, over: Partial<AuditEntry> = {}): AuditEntry => ({
  orgId,
  actorId: randomUUID(),
  actorRole: "admin",
  action,
  objectType: "user",
  objectId: randomUUID(),
  outcome: "done",
  requestId: "r1",
  detail: { zulu: 1, alpha: "a", ünï: null, ok: true, big: 1e21, small: 0.1 },
  ...over,
});
const write = async (count: number) => {
  for (let i = 1; i <= count; i += 1) await audit.write(entry(`action ${i}`));
};

/** What only somebody with the whole server in hand can do: the triggers are off. */
async function tamper(...statements: ((admin: pg.Client) => Promise<unknown>)[]) {
  await using admin = await connect(desk.fresh.adminUrl);
  await admin.query("set session_replication_role = replica");
  for (const statement of statements) await statement(admin);
}
const run = (text: string) => (admin: pg.Client) => admin.query(text.replaceAll("$org", `'${orgId}'`));

describe("the chain", () => {
  test("[I19] holds over entries written one after another and all at once", async () => {
    expect(await audit.verify(orgId)).toEqual({ entries: 0, firstBad: null });
    await write(3);
    await Promise.all(Array.from({ length: 30 }, (_, i) => audit.write(entry(`at once ${i}`))));
    expect(await audit.verify(orgId)).toEqual({ entries: 33, firstBad: null });
  });

  test("counts only what is kept of an entry", async () => {
    await audit.write({ ...entry("x"), name: "came along" } as AuditEntry);
    expect(await audit.verify(orgId)).toEqual({ entries: 1, firstBad: null });
  });

  test("is each organisation's own", async () => {
    await write(2);
    const elsewhere = await desk.addOrganisation("There");
    await audit.write(entry("first", { orgId: elsewhere.orgId }));
    expect(await audit.verify(elsewhere.orgId)).toEqual({ entries: 1, firstBad: null });
  });

  test("longer than a page is read to its end", async () => {
    await desk.fresh.database.withCtx(system(orgId), async (db) => {
      for (let i = 0; i < 25; i += 1) await writeAudit(db, desk.keyring, entry("many"));
    });
    expect(await audit.verify(orgId)).toEqual({ entries: 25, firstBad: null });
    await tamper(run("update roomdesk.audit_log set action = 'other' where org_id = $org and n = 23"));
    expect(await audit.verify(orgId)).toEqual({ entries: 25, firstBad: 23 });
  });

  const attacks: Record<string, { readonly sql: readonly string[]; readonly firstBad: number }> = {
    "an entry changed": {
      sql: ["update roomdesk.audit_log set outcome = 'denied' where org_id = $org and n = 3"],
      firstBad: 3,
    },
    "a detail changed": {
      sql: [`update roomdesk.audit_log set detail = detail || '{"alpha": "b"}' where org_id = $org and n = 2`],
      firstBad: 2,
    },
    "a time changed": { sql: ["update roomdesk.audit_log set at = at + 1 where org_id = $org and n = 5"], firstBad: 5 },
    "an entry deleted": { sql: ["delete from roomdesk.audit_log where org_id = $org and n = 3"], firstBad: 3 },
    "an entry deleted and the rest moved up": {
      sql: [
        "delete from roomdesk.audit_log where org_id = $org and n = 3",
        "update roomdesk.audit_log set n = -n where org_id = $org and n > 3",
        "update roomdesk.audit_log set n = -n - 1 where org_id = $org and n < 0",
      ],
      firstBad: 3,
    },
    "an entry inserted": {
      sql: [
        "update roomdesk.audit_log set n = -n where org_id = $org and n > 2",
        "update roomdesk.audit_log set n = 1 - n where org_id = $org and n < 0",
        `insert into roomdesk.audit_log select org_id, 3, at, actor_id, actor_role, 'invented', object_type, object_id, outcome,
           request_id, detail, hash, hash from roomdesk.audit_log where org_id = $org and n = 2`,
      ],
      firstBad: 3,
    },
    "an entry slipped in before the first": {
      sql: [
        `insert into roomdesk.audit_log select org_id, -1, at, actor_id, actor_role, 'invented', object_type, object_id, outcome,
           request_id, detail, hash, hash from roomdesk.audit_log where org_id = $org and n = 2`,
      ],
      firstBad: 1,
    },
    "two entries swapped": {
      sql: [
        "update roomdesk.audit_log set n = -n where org_id = $org and n in (2, 3)",
        "update roomdesk.audit_log set n = 5 + n where org_id = $org and n < 0",
      ],
      firstBad: 2,
    },
    "the tail cut off": { sql: ["delete from roomdesk.audit_log where org_id = $org and n > 4"], firstBad: 5 },
    "all of it gone": { sql: ["delete from roomdesk.audit_log where org_id = $org"], firstBad: 1 },
    "the head gone": { sql: ["delete from roomdesk.audit_head where org_id = $org"], firstBad: 6 },
    "the head moved back": { sql: ["update roomdesk.audit_head set n = 3 where org_id = $org"], firstBad: 6 },
  };
  test.each(Object.entries(attacks))("[N71] betrays %s", async (_, { sql: statements, firstBad }) => {
    await write(5);
    await tamper(...statements.map(run));
    expect(await audit.verify(orgId)).toMatchObject({ firstBad });
  });

  test("[N71] made by somebody without the key is worthless", async () => {
    const forger = auditLog({
      database: desk.fresh.database,
      keyring: { auditKey: (await import("../cipher/master-key.ts")).masterKey("another secret").audit },
    });
    await write(1);
    await forger.write(entry("forged"));
    expect(await audit.verify(orgId)).toEqual({ entries: 2, firstBad: 2 });
  });
});

describe("an entry and its change", () => {
  const rename = (name: string) => sql`update roomdesk.inboxes set name = ${name} where org_id = ${orgId}`;

  test("[I19] are kept together or not at all", async () => {
    const { database } = desk.fresh;
    const inbox = await desk.addInbox(orgId, { name: "Shop" });
    const nameNow = async () => (await desk.setup.inboxes(orgId)).find(({ id }) => id === inbox.id)?.name;
    const change = (name: string, then: () => void) =>
      database.withCtx(system(orgId), async (db) => {
        await db.execute(rename(name));
        await writeAudit(db, desk.keyring, entry("inbox.renamed"));
        then();
      });
    await change("Store", () => undefined);
    await expect(
      change("Lost", () => {
        throw new Error("later in the same transaction");
      }),
    ).rejects.toThrow("later");
    expect([await nameNow(), await audit.verify(orgId)]).toEqual(["Store", { entries: 1, firstBad: null }]);
  });

  test("[I19] an entry that cannot be written undoes its change", async () => {
    const inbox = await desk.addInbox(orgId, { name: "Shop" });
    const elsewhere = await desk.addOrganisation("There");
    const spoilt = [entry("x", { orgId: elsewhere.orgId }), entry("x", { detail: { nul: "\0" } })];
    for (const bad of spoilt)
      await expect(
        desk.fresh.database.withCtx(system(orgId), async (db) => {
          await db.execute(rename("Lost"));
          await writeAudit(db, desk.keyring, bad);
        }),
      ).rejects.toThrow();
    expect((await desk.setup.inboxes(orgId)).find(({ id }) => id === inbox.id)?.name).toBe("Shop");
    expect(await audit.verify(orgId)).toEqual({ entries: 0, firstBad: null });
  });
});

test("[N51] the server's login can neither change nor delete nor empty the log, nor write it past the chain", async () => {
  await write(1);
  const tries = [
    "update roomdesk.audit_log set action = 'x'",
    "delete from roomdesk.audit_log",
    "truncate roomdesk.audit_log",
    "update roomdesk.audit_head set n = 0",
    "insert into roomdesk.audit_log select * from roomdesk.audit_log",
    "alter table roomdesk.audit_log disable trigger append_only",
  ];
  await using app = await connect(desk.fresh.urlOf("app"));
  await app.query(`set app.org = '${orgId}'`);
  await app.query("set app.role = 'admin'");
  for (const text of tries) await expect(app.query(text), text).rejects.toMatchObject({ code: "42501" });
  await using owner = await connect(desk.fresh.urlOf("owner"));
  for (const text of tries.slice(0, 3))
    await expect(owner.query(text), text).rejects.toThrow("audit_log is append-only");
  await expect(
    app.query(`select roomdesk.append_audit(1, 0, null, 'x', 'x', 'x', null, 'done', 'x', '{}', '', '\\x00')`),
  ).rejects.toThrow("does not follow the newest one");
  expect(await audit.verify(orgId)).toEqual({ entries: 1, firstBad: null });
});
