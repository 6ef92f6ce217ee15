import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { LogUnderTest } from "#core/contract/conversation-log.contract.ts";
import { Owner } from "#core/contract/owner.ts";
import type { Person } from "#protocol/people.ts";
import { connect } from "../open/connect.ts";
import { openKeyring } from "../cipher/open-keyring.ts";
import { conversationLog } from "./conversation-log.ts";
import { deskOnPostgres, type DeskOnPostgres } from "./testing/desk-on-postgres.ts";
import { logOn } from "./testing/log-on.ts";

// Somebody with the whole database in hand, but without the desk's secret, moves and changes sealed bytes.
let desk: DeskOnPostgres;
let under: LogUnderTest;
let elsewhere: LogUnderTest;
beforeAll(async () => {
  desk = await deskOnPostgres();
  under = await logOn(desk);
  elsewhere = await logOn(desk);
});
afterAll(() => desk.close());

let id: string;
let ana: Person;
let owner: Owner;
beforeEach(async () => {
  ({ conversationId: id, ana } = await under.open());
  owner = await Owner.claim(under.log, id, "node-a");
  await owner.say(ana, "one");
  await owner.say(ana, "two");
  await owner.do(under.ben, { type: "conversation.join" });
});

async function tamper(text: string, values: readonly unknown[]): Promise<void> {
  await using admin = await connect(desk.fresh.adminUrl);
  await admin.query("set session_replication_role = replica");
  const { rowCount } = await admin.query(text, [...values]);
  expect(rowCount, "something was tampered with").toBeGreaterThan(0);
}

const both = async (statement: (table: string) => string, values: readonly unknown[] = [id]) => {
  for (const table of ["chat_events", "chat_messages"]) await tamper(statement(`roomdesk.${table}`), values);
};

/** Texts of pages and of frames; names of who joined. */
async function texts(log = under.log) {
  const { lines } = await log.page(id, "staff", undefined, 100);
  const { frames } = await log.since(id, "staff", 0, 100);
  const bodies = (all: readonly object[]) => all.flatMap((one) => ("body" in one ? [one.body] : []));
  return { lines: bodies(lines), frames: bodies(frames.map(({ event }) => event)) };
}

const livesOn = async () => {
  const said = await owner.say(ana, "still here");
  expect((await under.log.page(id, "customer", undefined, 1)).lines[0]).toMatchObject({
    id: said.id,
    body: "still here",
  });
};

test("[N64] two bodies of one conversation swapped: neither is read, and the conversation lives on", async () => {
  await both(
    (table) => `update ${table} t set sealed = o.sealed from ${table} o
    where t.conversation_id = $1 and o.conversation_id = $1 and t.seq in (2, 3) and o.seq = 5 - t.seq`,
  );
  expect(await texts()).toEqual({ lines: [null, null], frames: [null, null] });
  await livesOn();
});

test.each([
  ["conversation", () => under.open()],
  ["organisation", () => elsewhere.open()],
])("[N64] a body taken from another %s is not read", async (_, open) => {
  const other = await open();
  const theirs = await Owner.claim(under.log, other.conversationId, "node-a");
  await theirs.say(other.ana, "theirs");
  await both((table) => `update ${table} t set sealed = o.sealed from ${table} o
    where t.conversation_id = $1 and t.seq = 2 and o.conversation_id = $2 and o.seq = 2`, [id, other.conversationId]); // prettier-ignore
  expect(await texts()).toEqual({ lines: [null, "two"], frames: [null, "two"] });
  await livesOn();
});

test("[N64] a flipped bit: that body is not read, the others are", async () => {
  await both(
    (table) => `update ${table} set sealed = set_bit(sealed, 300, 1 - get_bit(sealed, 300))
    where conversation_id = $1 and seq = 3`,
  );
  expect(await texts()).toEqual({ lines: ["one", null], frames: ["one", null] });
  await livesOn();
});

test("[N64] the text from before an edit, put back, is not read", async () => {
  const { lines } = await under.log.page(id, "staff", undefined, 100);
  const messageId = lines.find(({ seq }) => seq === 2)!.id;
  const edited = await owner.do(ana, { type: "message.edit", messageId, version: 1, body: "One!" });
  const putBack = `sealed = (select sealed from roomdesk.chat_events where conversation_id = $1 and seq = 2)`;
  await tamper(`update roomdesk.chat_messages set ${putBack} where conversation_id = $1 and seq = 2`, [id]);
  await tamper(`update roomdesk.chat_events set ${putBack} where conversation_id = $1 and seq = $2`, [id, edited.seq]);
  expect(await texts()).toEqual({ lines: [null, "two"], frames: ["one", "two", null] });
  await livesOn();
});

test("[N64] a name that was changed is empty, and the conversation can still be taken over", async () => {
  await tamper("update roomdesk.chat_members set name = '\\x00' where conversation_id = $1", [id]);
  await tamper(
    "update roomdesk.chat_events set sealed = '\\x0102' where conversation_id = $1 and type = 'member.joined'",
    [id],
  );
  const claimed = await under.log.claim(id, "node-b");
  expect(claimed!.conversation.members.get(under.ben.id)).toMatchObject({ name: "", joined: true });
  const { lines } = await under.log.page(id, "staff", undefined, 100);
  expect(lines.at(-1)).toMatchObject({ kind: "joined", name: "" });
});

test("a conversation whose key was destroyed keeps its turns and times, and none of its texts", async () => {
  await tamper("update roomdesk.keys set wrapped = '' where subject_id = $1", [id]);
  const keyring = await openKeyring(desk.fresh.database.app, desk.fresh.secret);
  const fresh = conversationLog({ database: desk.fresh.database, keyring });
  expect(await texts(fresh)).toEqual({ lines: [null, null], frames: [null, null] });
  expect((await fresh.page(id, "staff", undefined, 100)).lines.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  fresh.close();
  keyring.close();
});
