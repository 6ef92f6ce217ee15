import { afterAll, beforeAll, expect, test } from "vitest";
import { Company } from "#core/contract/desk-under-test.ts";
import type { CustomerSessionRow } from "#core/ports/customers.ts";
import { connect } from "../open/connect.ts";
import { openKeyring } from "../cipher/open-keyring.ts";
import { conversationLog } from "./conversation-log.ts";
import { deskOnPostgres, type DeskOnPostgres } from "./testing/desk-on-postgres.ts";

let desk: DeskOnPostgres;
let company: Company;
beforeAll(async () => {
  desk = await deskOnPostgres();
  company = await Company.found(desk);
});
afterAll(() => desk.close());

const identity = { externalId: "user 1", name: "Ana Brown", email: "ana@brown.example" };
const known = async () => (await desk.customers.identify(await company.visitor(), identity, "request")).session;

/** The texts of a conversation as a server reads them that has just started and knows no key yet. */
async function readAfresh(conversationId: string): Promise<(string | null | undefined)[]> {
  const { database, secret } = desk.fresh;
  const keyring = await openKeyring(database.app, secret);
  const log = conversationLog({ database, keyring });
  const { lines } = await log.page(conversationId, "staff", undefined, 10);
  log.close();
  keyring.close();
  return lines.flatMap((line) => ("body" in line ? [line.body] : []));
}

async function destroyKeyOf({ customerId }: CustomerSessionRow): Promise<void> {
  await using admin = await connect(desk.fresh.adminUrl);
  await admin.query("update roomdesk.keys set wrapped = '\\x00' where kind = 'customer' and subject_id = $1", [
    customerId,
  ]);
}

test("[N68] after a visitor became known, their conversation hangs on the known customer's key and no longer on their own", async () => {
  const ana = await known();
  const visitor = await company.visitor();
  const id = await company.open(visitor);
  await (await company.own(id)).say(await company.author(visitor, id), "Hello");
  await desk.customers.identify(visitor, identity, "request");
  await destroyKeyOf(visitor);
  expect(await readAfresh(id)).toEqual(["Hello"]);
  await destroyKeyOf(ana);
  expect(await readAfresh(id)).toEqual([null]);
});

test("[PE5] two tabs that bring two different identities at once make two customers, and nobody has two identities", async () => {
  for (let round = 0; round < 5; round += 1) {
    const visitor = await company.visitor();
    const id = await company.open(visitor);
    const identities = ["a", "b"].map((one) => ({ externalId: `${round} ${one}`, name: one, email: null }));
    await Promise.all(identities.map((one) => desk.customers.identify(visitor, one, "request")));
    await using admin = await connect(desk.fresh.adminUrl);
    const { rows } = await admin.query(
      "select customer_id from roomdesk.customer_identities group by customer_id having count(*) > 1",
    );
    expect(rows).toEqual([]);
    const panels = await admin.query<{ n: number }>(
      "select count(*)::int n from roomdesk.chat_sessions s join roomdesk.customers c on c.id = s.customer_id and c.verified where s.id = $1",
      [id],
    );
    expect(panels.rows).toEqual([{ n: 1 }]);
  }
});

test("[PE5] two tabs of which one brings a known identity and one a new one leave no known customer behind whom nobody is", async () => {
  const somebody = { ...identity, externalId: "user 2" };
  await desk.customers.identify(await company.visitor(), somebody, "request");
  for (let round = 0; round < 8; round += 1) {
    const visitor = await company.visitor();
    await company.open(visitor);
    const another = { externalId: `another ${round}`, name: "Another", email: null };
    await Promise.all([somebody, another].map((one) => desk.customers.identify(visitor, one, "request")));
    const now = await desk.customers.session(visitor.id);
    expect(["Ana Brown", "Another"]).toContain(now?.customerName);
  }
  await using admin = await connect(desk.fresh.adminUrl);
  const { rows } = await admin.query("select id from roomdesk.customers where moved_to is not null and verified");
  expect(rows).toEqual([]);
});
