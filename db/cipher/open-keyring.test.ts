import { afterEach, beforeEach, expect, test } from "vitest";
import { sql } from "drizzle-orm";
import { PlantedDesk } from "../stores/testing/planted-desk.ts";
import { freshDatabase, type FreshDatabase } from "../testing/fresh-database.ts";
import { moveKeys } from "./move-keys.ts";
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

test("a customer's conversation keys move with the conversations", async () => {
  const { database } = fresh;
  const keyring = await openKeyring(database.app, fresh.secret);
  const desk = await PlantedDesk.plant(database, keyring);
  const [anonymous, known] = [await desk.open(), await desk.customer("Ana Lind")];
  const [scope] = await database.app.call<{ dek_id: string }>("select * from roomdesk.find_conversation($1)", [
    anonymous.conversationId,
  ]);
  const bytes = await keyring.seal(scope!.dek_id, "row", "secret");
  const moved = await database.withCtx(desk.system, async (db) => {
    const { rows } = await db.execute(
      sql`select roomdesk.move_conversations(${anonymous.customerId}, ${known.customerId}) as id`,
    );
    await moveKeys(db, keyring, anonymous.customerKey, known.customerKey);
    return rows;
  });
  expect(moved).toEqual([{ id: anonymous.conversationId }]);
  const elsewhere = await openKeyring(database.app, fresh.secret);
  expect(await elsewhere.open(scope!.dek_id, "row", bytes)).toBe("secret");
  const chain = await database.app.call<{ id: string }>("select * from roomdesk.key_chain($1)", [scope!.dek_id]);
  expect(chain.map(({ id }) => id)).toEqual([scope!.dek_id, known.customerKey]);
  keyring.close();
  elsewhere.close();
});
