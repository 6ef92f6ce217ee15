import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Company } from "#core/contract/desk-under-test.ts";
import { customers } from "../schema/people.ts";
import { conversationLog } from "../stores/conversation-log.ts";
import { system } from "../stores/organisations.ts";
import { deskOnPostgres } from "../stores/testing/desk-on-postgres.ts";
import { freshDatabase, type FreshDatabase } from "../testing/fresh-database.ts";
import { openKeyring } from "./open-keyring.ts";

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase();
});
afterEach(() => fresh.close());

test("[N67] a wrong secret is refused at the start, the right one opens again", async () => {
  (await openKeyring(fresh.database.app, "right")).close();
  await expect(openKeyring(fresh.database.app, "wrong")).rejects.toThrow(/ROOMDESK_SECRET is not the secret/);
  await expect(openKeyring(fresh.database.app, "")).rejects.toThrow(/ROOMDESK_SECRET is not the secret/);
  (await openKeyring(fresh.database.app, "right")).close();
});

test("[N67] of two secrets at a first start, one wins", async () => {
  const outcomes = await Promise.allSettled(
    ["one", "two", "one", "two"].map((secret) => openKeyring(fresh.database.app, secret)),
  );
  outcomes.forEach((outcome) => outcome.status === "fulfilled" && outcome.value.close());
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "fulfilled", "rejected", "rejected"]);
});

test("a customer's conversation keys are wrapped by the known customer's when the conversations move", async () => {
  const desk = await deskOnPostgres();
  const company = await Company.found(desk);
  const keyOf = (customerId: string) =>
    desk.fresh.database.withCtx(system(company.orgId), async (db) => {
      const [row] = await db.select().from(customers).where(eq(customers.id, customerId));
      return row!.keyId;
    });
  const chainOf = async (conversationId: string) =>
    (
      await desk.fresh.database.app.call<{ id: string }>(
        "select k.id from roomdesk.find_conversation($1) c, roomdesk.key_chain(c.dek_id) k",
        [conversationId],
      )
    ).map(({ id }) => id);
  const known = await company.visitor("Ana");
  const identity = { externalId: "ana", name: "Ana Lind", email: null };
  await desk.customers.identify(known, identity, "request");

  const anonymous = await company.visitor("Visitor");
  const conversationId = await company.open(anonymous);
  const author = await company.author(anonymous, conversationId);
  await (await company.own(conversationId)).say(author, "Where is my order?");
  const [dek, ...before] = await chainOf(conversationId);
  expect(before).toEqual([await keyOf(anonymous.customerId)]);

  const { moved, session } = await desk.customers.identify(anonymous, identity, "request");
  expect(moved).toEqual([conversationId]);
  expect(await chainOf(conversationId)).toEqual([dek, await keyOf(session.customerId)]);
  const elsewhere = await openKeyring(desk.fresh.database.app, desk.fresh.secret);
  const log = conversationLog({ database: desk.fresh.database, keyring: elsewhere });
  // Also the log that remembers whose it was.
  for (const one of [log, desk.log])
    expect((await one.page(conversationId, "customer", undefined, 10)).lines.at(-1)).toMatchObject({
      body: "Where is my order?",
    });
  elsewhere.close();
  log.close();
  await desk.close();
});
