import { beforeEach, describe, expect, test } from "vitest";
import { Unavailable } from "#core/ports/conversation-log.ts";
import type { Counts, ListChanged, Listed, View } from "#protocol/workspace.ts";
import { Switchboard } from "../node/switchboard.ts";
import { ManualClock } from "../testing/manual-clock.ts";
import { TestFeed } from "../testing/rows.ts";
import { closedHeld } from "./board.ts";
import { WorkspaceDesk, type Tab } from "./workspace-desk.ts";

let feed: TestFeed;
let clock: ManualClock;
let switchboard: Switchboard;
let desk: WorkspaceDesk;
let faults: unknown[];

class TestTab implements Tab {
  readonly userId: string;
  readonly lists: ListChanged[] = [];
  readonly allCounts: Counts[] = [];

  constructor(userId: string) {
    this.userId = userId;
  }

  listChanged = (changed: ListChanged) => void this.lists.push(changed);
  counts = (counts: Counts) => void this.allCounts.push(counts);
}

beforeEach(() => {
  [feed, clock, switchboard, faults] = [new TestFeed(), new ManualClock(), new Switchboard(), []];
  const onFault = (error: unknown) => void faults.push(error);
  desk = new WorkspaceDesk({ orgId: "org", feed, switchboard, clock, onFault });
});

async function open(userId: string, view: View = "all", limit = 100): Promise<[TestTab, Listed]> {
  const tab = new TestTab(userId);
  await desk.enter(tab);
  const listed = desk.show(tab, { view, limit });
  if (!listed) throw new Error("nothing was listed");
  return [tab, listed];
}

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
const ben = { id: "ben", name: "Ben" };

/** What a client makes of it: the rows it was listed, and every change after. */
function folded(listed: Listed, tab: TestTab): string[] {
  const rows = new Map(listed.rows.map((row) => [row.id, row]));
  for (const { upserted, removed } of tab.lists) {
    for (const id of removed) rows.delete(id);
    for (const row of upserted) rows.set(row.id, row);
  }
  return ids([...rows.values()].sort((a, b) => b.lastAt - a.lastAt || (a.id < b.id ? -1 : 1)));
}

describe("the views", () => {
  test("new, mine, all and closed hold what they say, newest first, with totals and counts", async () => {
    const [a, b, c, d] = [feed.put(), feed.put(), feed.put({ joined: [ben] }), feed.put({ status: "closed" })];
    const rows: Record<View, string[]> = { new: [b.id, a.id], mine: [c.id], all: [c.id, b.id, a.id], closed: [d.id] };
    for (const view of ["new", "mine", "all", "closed"] as const) {
      const [, listed] = await open("ben", view);
      expect(ids(listed.rows)).toEqual(rows[view]);
      expect(listed.total).toBe(rows[view].length);
      expect(listed.counts).toEqual({ new: 2, mine: 1, all: 3, closed: 1, unreadMine: 1, unreadNew: 2 });
    }
    const [, dees] = await open("dee", "mine");
    expect(dees.rows).toEqual([]);
  });

  test("a row carries no more than a row should", async () => {
    feed.put();
    const [, listed] = await open("ben");
    expect(Object.keys(listed.rows[0] ?? {})).not.toEqual(expect.arrayContaining(["changed"]));
    expect(listed.rows[0]).toMatchObject({ unread: 1, customerTyping: false, customer: { online: false } });
    expect(listed.rows[0]).not.toHaveProperty("customerMessages");
  });

  test("however many come at once, the rows are loaded once", async () => {
    await Promise.all(["ben", "dee", "ben"].map((user) => open(user)));
    expect(feed.asked).toMatchObject({ load: 1, readCounts: 2 });
  });

  test("a start while the store is away fails for who asked, and is tried again by the next", async () => {
    const load = feed.load.bind(feed);
    feed.load = () => Promise.reject(new Unavailable("down"));
    await expect(open("ben")).rejects.toThrow(Unavailable);
    feed.load = load;
    await expect(open("ben")).resolves.toBeDefined();
  });
});

describe("a window", () => {
  test("is told what changed in it within 50 ms of the hint, and nothing else", async () => {
    const [a, b] = [feed.put(), feed.put()];
    const [tab] = await open("ben", "all", 1);
    feed.put({ id: a.id, customerMessages: 2 }); // below the window
    desk.changed();
    await clock.pass(50);
    expect(tab.lists).toEqual([]);
    feed.put({ id: b.id, customerMessages: 2 });
    desk.changed();
    await clock.pass(50);
    expect(tab.lists.map(({ upserted, removed }) => [ids(upserted), removed])).toEqual([[[b.id], []]]);
  });

  test("without a hint the sweep finds it within two seconds", async () => {
    const [tab, listed] = await open("ben");
    const a = feed.put();
    await clock.pass(2000);
    expect(folded(listed, tab)).toEqual([a.id]);
  });

  test("a row that moves up pushes the last one out, one that leaves lets the next one in", async () => {
    const [a, b, c] = [feed.put(), feed.put(), feed.put()];
    const [tab, listed] = await open("ben", "new", 2);
    expect(ids(listed.rows)).toEqual([c.id, b.id]);
    feed.put({ id: a.id, lastAt: 10 });
    desk.changed();
    await clock.pass(50);
    expect(folded(listed, tab)).toEqual([a.id, c.id]);
    feed.put({ id: a.id, joined: [ben] });
    desk.changed();
    await clock.pass(50);
    expect(folded(listed, tab)).toEqual([c.id, b.id]);
    expect(tab.lists.at(-1)).toMatchObject({ removed: [a.id], total: 2 });
  });

  test("follows many changes and hints without losing one, whatever the pages they come in", async () => {
    const [tab, listed] = await open("ben", "all", 500);
    const rows = Array.from({ length: 450 }, () => feed.put());
    desk.changed();
    await clock.pass(50);
    expect(folded(listed, tab)).toEqual(ids(rows).reverse());
  });

  test("a hint that comes while the feed is being read is followed up", async () => {
    const [tab, listed] = await open("ben");
    feed.put();
    const changes = feed.changes.bind(feed);
    const answer = Promise.withResolvers<void>();
    feed.changes = async (...asked) => {
      const found = await changes(...asked);
      await answer.promise;
      return found;
    };
    desk.changed();
    await clock.pass(50);
    const late = feed.put();
    desk.changed();
    await clock.pass(50);
    answer.resolve();
    await clock.pass(500);
    expect(folded(listed, tab)).toContain(late.id);
  });

  test("an outage of the store is waited out", async () => {
    const [tab, listed] = await open("ben");
    const changes = feed.changes.bind(feed);
    feed.changes = () => Promise.reject(new Unavailable("down"));
    const a = feed.put();
    desk.changed();
    await clock.pass(5000);
    feed.changes = changes;
    await clock.pass(2000);
    expect(folded(listed, tab)).toEqual([a.id]);
    expect(faults).toEqual([]);
  });

  test("is told who is online and who types, only where it shows the row", async () => {
    const a = feed.put();
    const [[tab], [other]] = [await open("ben", "all"), await open("dee", "closed")];
    switchboard.present("org", a.id, { customerOnline: true, customerTyping: true });
    await clock.pass(20);
    expect(tab.lists[0]?.upserted[0]).toMatchObject({ customer: { online: true }, customerTyping: true });
    expect(other.lists).toEqual([]);
    const [, listed] = await open("ada");
    expect(listed.rows[0]).toMatchObject({ customer: { online: true } });
  });

  test("a tab that has left is told nothing", async () => {
    const [tab] = await open("ben");
    desk.leave(tab);
    feed.put();
    desk.changed();
    await clock.pass(2000);
    expect(tab.lists).toEqual([]);
  });
});

describe("what is unread", () => {
  test("is the customer's messages less those this agent has read, for each agent their own", async () => {
    const a = feed.put({ customerMessages: 5 });
    feed.reads.set("ben", new Map([[a.id, 3]]));
    const [, bens] = await open("ben");
    const [, dees] = await open("dee");
    expect([bens.rows[0]?.unread, dees.rows[0]?.unread]).toEqual([2, 5]);
  });

  test("goes at once when everything was read, without asking the store, and not for the others", async () => {
    const a = feed.put({ head: 6, customerMessages: 5 });
    const [[bens], [dees]] = [await open("ben"), await open("dee")];
    switchboard.read("org", a.id, "ben", 6);
    await clock.pass(20);
    expect(bens.lists[0]?.upserted[0]?.unread).toBe(0);
    expect(dees.lists).toEqual([]);
    await clock.pass(1000);
    expect(feed.asked.readCounts).toBe(2);
  });

  test("comes back with the next message", async () => {
    const a = feed.put({ head: 6, customerMessages: 5 });
    const [tab] = await open("ben");
    switchboard.read("org", a.id, "ben", 6);
    feed.put({ id: a.id, head: 7, customerMessages: 6 });
    desk.changed();
    await clock.pass(50);
    expect(tab.lists.at(-1)?.upserted[0]?.unread).toBe(1);
  });

  test("a part that was read is counted by the store", async () => {
    const a = feed.put({ head: 6, customerMessages: 5 });
    const [tab] = await open("ben");
    feed.reads.set("ben", new Map([[a.id, 2]]));
    switchboard.read("org", a.id, "ben", 3);
    await clock.pass(300);
    expect(tab.lists.at(-1)?.upserted[0]?.unread).toBe(3);
  });

  test("read beyond the row at hand, and then more was written: the store is asked what that was", async () => {
    const a = feed.put({ head: 6, customerMessages: 5 });
    const [tab] = await open("ben");
    switchboard.read("org", a.id, "ben", 8); // the feed has not told of 7 and 8 yet
    feed.reads.set("ben", new Map([[a.id, 7]]));
    feed.put({ id: a.id, head: 9, customerMessages: 8 });
    desk.changed();
    await clock.pass(300);
    expect(tab.lists.at(-1)?.upserted[0]?.unread).toBe(1);
  });
});

describe("the counts", () => {
  test("are told at most once a second, and only when they changed", async () => {
    const [tab] = await open("ben");
    for (let i = 0; i < 10; i += 1) {
      feed.put();
      desk.changed();
      await clock.pass(90);
    }
    await clock.pass(1000);
    expect(tab.allCounts.length).toBeLessThanOrEqual(2);
    expect(tab.allCounts.at(-1)).toMatchObject({ new: 10, all: 10, unreadNew: 10 });
    const told = tab.allCounts.length;
    await clock.pass(10_000);
    expect(tab.allCounts.length).toBe(told);
  });

  test("closing and reopening is counted, also of conversations too old to be held", async () => {
    for (let i = 0; i < closedHeld + 10; i += 1) feed.put({ status: "closed" });
    const oldest = [...feed.rows.keys()][0] ?? "";
    const [tab, listed] = await open("ben", "closed");
    expect(listed.total).toBe(closedHeld + 10);
    feed.put({ id: oldest, status: "open", head: 9 });
    desk.changed();
    await clock.pass(3000);
    expect(tab.allCounts.at(-1)).toMatchObject({ closed: closedHeld + 9, all: 1 });
    feed.put({ id: oldest, status: "closed" });
    const unseen = feed.put();
    feed.put({ id: unseen.id, status: "closed" });
    desk.changed();
    await clock.pass(3000);
    expect(tab.allCounts.at(-1)).toMatchObject({ closed: closedHeld + 11, all: 0 });
    expect(tab.lists.at(-1)?.total).toBe(closedHeld + 11);
  });

  test("new conversations whose messages were all read are not unread, whichever way they are counted", async () => {
    const rows = Array.from({ length: 20 }, () => feed.put());
    feed.put({ customerMessages: 0, head: 1 });
    feed.reads.set("ben", new Map(rows.slice(0, 5).map(({ id }) => [id, 1])));
    const many = new Map([...rows.slice(0, 5).map(({ id }) => [id, 1] as const), ...Array.from({ length: 50 }, (_, i) => [`old ${i}`, 1] as const)]); // prettier-ignore
    feed.reads.set("dee", many);
    for (const user of ["ben", "dee"]) expect((await open(user))[1].counts.unreadNew).toBe(15);
  });
});

test("5,000 rows and 100 agents: a change costs less than 10 ms of processor time, counts included", async () => {
  const rows = Array.from({ length: 5000 }, (_, i) =>
    feed.put(i % 2 ? { joined: [{ id: `agent ${i % 100}`, name: "" }] } : {}),
  );
  for (let i = 0; i < 100; i += 1) await open(`agent ${i}`, (["new", "mine", "all"] as const)[i % 3]);
  const from = process.cpuUsage();
  const changes = 200;
  for (let i = 0; i < changes; i += 1) {
    const row = rows[(i * 37) % rows.length];
    feed.put({ ...row, head: 3, customerMessages: 2, lastAt: 10_000 + i });
    desk.changed();
    await clock.pass(100);
  }
  const ms = process.cpuUsage(from).user / 1000 / changes;
  expect(ms).toBeLessThan(10);
});
