import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { LogUnderTest } from "#core/contract/conversation-log.contract.ts";
import { Owner } from "#core/contract/owner.ts";
import { Unavailable, type Append, type ConversationLog } from "#core/ports/conversation-log.ts";
import type { ConversationEvent } from "#protocol/conversation.ts";
import { connect } from "../open/connect.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { conversationLog, type PgConversationLog } from "./conversation-log.ts";
import { deskOnPostgres, type DeskOnPostgres } from "./testing/desk-on-postgres.ts";
import { logOn } from "./testing/log-on.ts";

let desk: DeskOnPostgres;
let under: LogUnderTest;
/** Another node's writer over the same database. */
let other: PgConversationLog;
beforeAll(async () => {
  desk = await deskOnPostgres();
  under = await logOn(desk);
  other = conversationLog({ database: desk.fresh.database, keyring: desk.keyring });
});
afterAll(async () => {
  other.close();
  await desk.close();
});

const eventsOf = async (log: ConversationLog, id: string): Promise<ConversationEvent[]> => {
  const all: ConversationEvent[] = [];
  for (let more = true; more;) {
    const part = await log.since(id, "staff", all.length, 200);
    all.push(...part.frames.map(({ event }) => event));
    more = part.more;
  }
  return all;
};
const dense = (events: readonly ConversationEvent[]) => events.map(({ seq }) => seq);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

test("[I11] of a thousand appends of a stale owner that race a claim, none is kept after it", async () => {
  const { seed, below } = seededRandom();
  const outcomes = { kept: 0, fenced: 0 };
  const race = async () => {
    const { conversationId, ana } = await under.open();
    let owner = await Owner.claim(under.log, conversationId, "node-a");
    let kept = 1;
    for (let round = 0; round < 40; round += 1) {
      const append = await owner.prepare(ana, { type: "message.send", body: `${round}` });
      const [late, claim] = await Promise.all([
        soon(below(3)).then(() => under.log.append(append)),
        soon(below(3)).then(() => other.claim(conversationId, "node-b")),
      ]);
      if (late.outcome === "kept") kept += 1;
      outcomes[late.outcome as keyof typeof outcomes] += 1;
      expect(claim!.conversation.head, `what the new owner took over (seed ${seed})`).toBe(kept);
      expect(await under.log.append(append)).toEqual({ outcome: "fenced" });
      owner = await Owner.claim(under.log, conversationId, "node-a");
    }
    expect(dense(await eventsOf(under.log, conversationId))).toEqual(upTo(kept));
  };
  await Promise.all(Array.from({ length: 25 }, race));
  expect(outcomes.kept + outcomes.fenced).toBe(1000);
  expect(Math.min(outcomes.kept, outcomes.fenced), `both happened: ${JSON.stringify(outcomes)}`).toBeGreaterThan(50);
});

const soon = async (turns: number): Promise<void> => {
  for (let i = 0; i < turns; i += 1) await new Promise(setImmediate);
};

let kept = 0;

/** A room of either node that loses its connections, retries with the same key, and takes over from the other. */
async function badDay(
  log: ConversationLog,
  id: string,
  by: LogUnderTest["ben"],
  says: number,
  below: (n: number) => number,
) {
  const acked: ConversationEvent[] = [];
  let owner = await eventually(() => Owner.claim(log, id, randomUUID()));
  for (let i = 0; i < says; i += 1) {
    const clientId = randomUUID();
    for (let told = false; !told;) {
      const append: Append = await owner.prepare(by, { type: "message.send", body: `${by.name} ${i}`, clientId });
      const appended = await owner.append(append).catch(unavailable);
      if (appended?.outcome === "kept") acked.push(append.events.at(-1)!);
      if (appended?.outcome === "kept") kept += 1;
      if (appended?.outcome === "duplicate") acked.push(appended.event);
      told = appended?.outcome === "kept" || appended?.outcome === "duplicate";
      if (!told || below(10) === 0) owner = await eventually(() => Owner.claim(log, id, randomUUID()));
      await soon(below(30)); // or the two only ever take it from each other
    }
  }
  return acked;
}

const unavailable = (error: unknown): undefined => {
  if (!(error instanceof Unavailable)) throw error;
};

const eventually = <T>(work: () => Promise<T>): Promise<T> => vi.waitFor(work, { timeout: 15_000, interval: 5 });

const { seed, below } = seededRandom();

test(`[I3] [I5] [I9] with two nodes taking over from each other while their connections are cut, every acknowledged message is there once, in dense numbers (seed ${seed})`, async () => {
  const conversations = await Promise.all(Array.from({ length: 6 }, () => under.open()));
  let over = false;
  let cut = 0;
  const cutting = (async () => {
    await using admin = await connect(desk.fresh.adminUrl);
    for (let next = below(5); !over; await soon(1)) {
      if (kept < next) continue;
      const { rowCount } = await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and usename = 'roomdesk_log' and state = 'active'`,
      );
      cut += rowCount ?? 0;
      if (rowCount) next = kept + 1 + below(5); // in the middle of a commit, every few messages
    }
  })();
  const acked = await Promise.all(
    conversations.flatMap(({ conversationId }) =>
      [under.log, other].map((log, i) => badDay(log, conversationId, i === 0 ? under.ben : under.dee, 25, below)),
    ),
  );
  over = true;
  await cutting;

  for (const [i, { conversationId }] of conversations.entries()) {
    const events = await eventsOf(under.log, conversationId);
    const told = [...acked[2 * i]!, ...acked[2 * i + 1]!];
    expect(dense(events)).toEqual(upTo(events.length));
    expect(told).toHaveLength(50);
    const posted = events.filter(({ type }) => type === "message.posted");
    expect(posted.toSorted(byId)).toEqual(told.toSorted(byId));
    const times = events.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }
  expect(cut, "connections that were cut in the middle").toBeGreaterThan(0);
}, 60_000);

const byId = (a: ConversationEvent, b: ConversationEvent): number => (a.id < b.id ? -1 : 1);

test("the feed's numbers are given once each, and whoever has read one has missed none before it", async () => {
  const { company, open } = await logOn(desk);
  const conversations = await Promise.all(Array.from({ length: 20 }, open));
  const seen = new Map<string, number>();
  let since = new Map([[company.inbox.id, 0]]);
  let over = false;
  const follow = async () => {
    const { rows, heads } = await desk.feed.changes(company.orgId, since, 1000);
    for (const row of rows) seen.set(row.id, row.head);
    since = new Map(heads);
  };
  const reader = (async () => {
    while (!over) await follow();
  })();
  await Promise.all(
    conversations.map(async ({ conversationId, ana }, i) => {
      const owner = await Owner.claim(i % 2 ? under.log : other, conversationId, "node");
      for (let n = 0; n < 20; n += 1) await owner.say(ana, `${n}`);
    }),
  );
  over = true;
  await reader;
  await follow();
  for (const { conversationId } of conversations) expect(seen.get(conversationId)).toBe(21);
  expect(since.get(company.inbox.id), "one number for each change").toBe(20 * 21);
});

test("a conversation whose row somebody holds waits alone; the others of its batch do not", async () => {
  const [held, ...free] = await Promise.all(Array.from({ length: 5 }, () => under.open()));
  const owners = await Promise.all(
    [held!, ...free].map(async (one) => ({
      ...one,
      owner: await Owner.claim(under.log, one.conversationId, "node-a"),
    })),
  );
  await using admin = await connect(desk.fresh.adminUrl);
  await admin.query("begin");
  await admin.query("select from roomdesk.chat_sessions where id = $1 for update", [held!.conversationId]);
  const told: string[] = [];
  const all = owners.map(({ owner, ana }) => owner.say(ana, "Hello").then(() => told.push(owner.conversation.id)));
  await vi.waitFor(() => expect(told.toSorted()).toEqual(free.map(({ conversationId }) => conversationId).toSorted()));
  await admin.query("commit");
  await Promise.all(all);
  expect(told.at(-1)).toBe(held!.conversationId);
});

test("one that is held for too long is told `Unavailable` within three seconds, and can be sent again", async () => {
  const { conversationId, ana } = await under.open();
  const owner = await Owner.claim(under.log, conversationId, "node-a");
  const append = await owner.prepare(ana, { type: "message.send", body: "Hello" });
  await using admin = await connect(desk.fresh.adminUrl);
  await admin.query("begin");
  await admin.query("select from roomdesk.chat_sessions where id = $1 for update", [conversationId]);
  const began = performance.now();
  await expect(owner.append(append)).rejects.toThrow(Unavailable);
  expect(performance.now() - began).toBeLessThan(3000);
  await admin.query("commit");
  expect(["kept", "duplicate"]).toContain((await owner.append(append)).outcome);
});

test("[N19] once a colleague's right is taken away, no append of theirs is kept: two hundred tries at the same moment", async () => {
  const { company } = await logOn(desk);
  const tries = Array.from({ length: 20 }, async () => {
    for (let round = 0; round < 10; round += 1) {
      const user = await company.hire("Eve");
      const eve = { side: "staff", id: user.id, name: user.name, role: user.role } as const;
      const session = await company.visitor();
      const owner = await Owner.claim(under.log, await company.open(session), "node-a");
      const writing = (async () => {
        for (let n = 0; n < 50; n += 1) await owner.say(eve, `${n}`);
      })();
      const refused = expect(writing).rejects.toThrow("its author is nobody in this conversation");
      await soon(below(10));
      const before = await dismiss(eve.id);
      await refused;
      expect(await saidBy(eve.id), "said by Eve after she was dismissed").toBe(before);
    }
  });
  await Promise.all(tries);
}, 60_000);

/** Takes a colleague's rights away; tells how many events of theirs there were at that moment. */
async function dismiss(userId: string): Promise<number> {
  await using admin = await connect(desk.fresh.adminUrl);
  await admin.query("begin");
  await admin.query("update roomdesk.users set disabled_at = now() where id = $1", [userId]);
  const before = await admin.query<{ n: number }>(countSaid, [userId]);
  await admin.query("commit");
  return before.rows[0]!.n;
}

async function saidBy(userId: string): Promise<number> {
  await using admin = await connect(desk.fresh.adminUrl);
  return (await admin.query<{ n: number }>(countSaid, [userId])).rows[0]!.n;
}

const countSaid = "select count(*)::int as n from roomdesk.chat_events where author_id = $1";
