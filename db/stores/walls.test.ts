import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asPerson, Company } from "#core/contract/desk-under-test.ts";
import type { CustomerSessionRow } from "#core/ports/customers.ts";
import type { StaffUser } from "#core/ports/staff.ts";
import { connect } from "../open/connect.ts";
import type { Ctx } from "../scope.ts";
import { deskOnPostgres, type DeskOnPostgres } from "./testing/desk-on-postgres.ts";

/** What is in each table that a context can see. Here no code of ours chooses: only the policies do. */
type Seen = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

let desk: DeskOnPostgres;
let tables: string[];
let here: Company;
let there: Company;
let ben: StaffUser;
let ana: CustomerSessionRow;
let anas: string;

beforeAll(async () => {
  desk = await deskOnPostgres();
  await using admin = await connect(desk.fresh.adminUrl);
  const { rows } = await admin.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'roomdesk'::regnamespace and relkind = 'r' order by 1",
  );
  tables = rows.map(({ name }) => name);
  [here, there] = [await Company.found(desk, "Here"), await Company.found(desk, "There")];
  ben = await here.hire("Ben");
  ana = await here.visitor("Ana");
  anas = await busy(here, ana, ben);
  await busy(here, await here.visitor("Carl"), ben);
  await busy(there, await there.visitor("Zoe"), await there.hire("Otto"));
});
afterAll(() => desk.close());

/** A known customer's conversation with a message, a note, a member and read numbers. */
async function busy(company: Company, session: CustomerSessionRow, staff: StaffUser): Promise<string> {
  const identity = { externalId: `user of ${session.id}`, name: session.customerName, email: "a@shop.example" };
  await desk.customers.identify(session, identity, "request");
  await desk.customers.useOnce(company.orgId, session.id, Date.now() + 60_000);
  const id = await company.open(session);
  const [customer, owner] = [await company.author(session, id), await company.own(id)];
  await owner.say(customer, "Hello");
  await owner.say(asPerson(staff), "Hi");
  await owner.do(asPerson(staff), { type: "note.post", body: "Angry" });
  await desk.log.read(id, customer, 3);
  await desk.log.read(id, asPerson(staff), 3);
  return id;
}

const seenAs = (ctx: Ctx): Promise<Seen> =>
  desk.fresh.database.withCtx(ctx, async (db) => {
    const seen: Record<string, Seen[string]> = {};
    for (const table of tables) {
      const allowed = await db.execute(sql`select has_table_privilege(${`roomdesk.${table}`}, 'select') as may`);
      if (allowed.rows[0]?.["may"] !== true) continue;
      seen[table] = (await db.execute(sql`select * from roomdesk.${sql.identifier(table)}`)).rows;
    }
    return seen;
  });

const counts = (seen: Seen) => Object.fromEntries(Object.entries(seen).map(([table, rows]) => [table, rows.length]));

describe("the second wall, without the first", () => {
  test("[N12] a customer sees their own conversation without its notes, and nothing of anybody else", async () => {
    const seen = await seenAs({ org: here.orgId, uid: ana.customerId, role: "customer" });
    expect(counts(seen)).toEqual({
      audit_head: 0,
      audit_log: 0,
      chat_events: 4,
      chat_members: 1,
      chat_messages: 2,
      chat_reads: 2,
      chat_sessions: 1,
      customer_identities: 0,
      customers: 1,
      inboxes: 0,
      keys: 0,
      organisations: 1,
      sessions: 1,
      used_tokens: 0,
      users: 0,
      widget_settings: 0,
    });
    for (const table of ["chat_events", "chat_messages"])
      for (const row of seen[table]!) expect(row).toMatchObject({ conversation_id: anas, visibility: "public" });
    expect(seen["customers"]![0]).toMatchObject({ id: ana.customerId });
    expect(seen["sessions"]![0]).toMatchObject({ id: ana.id });
  });

  test.each(["agent", "supervisor", "admin"] as const)(
    "[N13] in every table an %s sees rows of their organisation only",
    async (role) => {
      const seen = await seenAs({ org: here.orgId, uid: ben.id, role });
      for (const [table, rows] of Object.entries(seen))
        for (const row of rows) expect(row["org_id"] ?? row["id"], table).toBe(here.orgId);
      expect(counts(seen)).toMatchObject({
        chat_sessions: 2,
        chat_events: 10,
        customers: 2,
        users: 1,
        keys: 0,
        inboxes: 1,
      });
    },
  );

  test("[N13] nor does the server itself, while it acts for one organisation", async () => {
    const seen = await seenAs({ org: here.orgId, uid: null, role: "system" });
    for (const [table, rows] of Object.entries(seen))
      for (const row of rows) expect(row["org_id"] ?? row["id"], table).toBe(here.orgId);
    expect(counts(seen)).toMatchObject({ keys: 5, sessions: 2, used_tokens: 2, customer_identities: 2 });
  });

  test("[N12] [N13] with a foreign or no organisation, or a made-up role, nothing is seen", async () => {
    const nobodies: Ctx[] = [
      { org: there.orgId, uid: ana.customerId, role: "customer" },
      { org: null, uid: ana.customerId, role: "customer" },
      { org: here.orgId, uid: null, role: "customer" },
      { org: null, uid: null, role: "system" },
      { org: here.orgId, uid: ben.id, role: "owner" as Ctx["role"] },
    ];
    const anyone = ["organisations"]; // its name is on the widget
    for (const ctx of nobodies) {
      const seen = counts(await seenAs(ctx));
      for (const [table, rows] of Object.entries(seen))
        if (!anyone.includes(table)) expect(rows, `${table} as ${JSON.stringify(ctx)}`).toBe(0);
    }
  });

  test("[N63] a dump of every table holds no name, address, page, browser or text that anybody could read", async () => {
    const canaries = [
      "Ana",
      "a@shop.example",
      "Hello",
      "Angry",
      "Firefox on Linux",
      "cart-canary",
      `user of ${ana.id}`,
      ben.email,
    ];
    const page = { url: "https://shop.example/cart-canary", title: "cart-canary" };
    const clientId = crypto.randomUUID();
    await desk.customers.openConversation(ana, { clientId, at: 1000, page }, "request");
    const expiresAt = Date.now() + 60_000;
    await desk.staff.startSession(
      {
        id: clientId,
        userId: ben.id,
        orgId: ben.orgId,
        expiresAt,
        device: "Firefox on Linux",
      },
      "request",
    );
    await using admin = await connect(desk.fresh.adminUrl);
    for (const table of tables) {
      const { rows } = await admin.query<Record<string, unknown>>(`select * from roomdesk.${table}`);
      const words = rows.flatMap((row) => Object.values(row).map(readable)).join("\n");
      for (const canary of canaries) expect(words.includes(canary), `${canary} in ${table}`).toBe(false);
    }
  });
});

const readable = (value: unknown): string =>
  Buffer.isBuffer(value) ? value.toString("latin1") : JSON.stringify(value);
