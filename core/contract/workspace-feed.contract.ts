import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CustomerSessionRow } from "#core/ports/customers.ts";
import type { StaffUser } from "#core/ports/staff.ts";
import type { FeedRow } from "#core/ports/workspace-feed.ts";
import { asPerson, Company, type DeskUnderTest, otherSpellings } from "./desk-under-test.ts";

/** What every feed of a workspace must do. */
export function workspaceFeedContract(start: () => Promise<DeskUnderTest>): void {
  let desk: DeskUnderTest;
  let company: Company;
  let ben: StaffUser;
  let session: CustomerSessionRow;
  beforeAll(async () => {
    desk = await start();
  });
  beforeEach(async () => {
    company = await Company.found(desk);
    ben = await company.hire("Ben");
    session = await company.visitor("Ana");
  });
  afterAll(() => desk.close?.());
  const changes = (since: ReadonlyMap<string, number> = new Map(), limit = 100) =>
    desk.feed.changes(company.orgId, since, limit);
  const rowOf = async (id: string): Promise<FeedRow> => (await changes()).rows.find((row) => row.id === id)!;

  describe("rows", () => {
    test("a new conversation stands in the feed with its customer and nobody joined", async () => {
      const id = await company.open(session, 1000);
      expect(await rowOf(id)).toEqual({
        id,
        inboxId: company.inbox.id,
        inboxName: "Web shop",
        customer: { id: session.customerId, name: "Ana", verified: false },
        status: "open",
        head: 1,
        openedAt: 1000,
        lastAt: 1000,
        lastLine: null,
        waitingSince: null,
        joined: [],
        changed: 1,
        customerMessages: 0,
      });
    });

    test("[WF4] a row tells the last message as it now reads, who joined, and since when the customer waits", async () => {
      const id = await company.open(session, 1000);
      const [ana, owner] = [await company.author(session, id), await company.own(id)];
      await owner.say(ana, "Hello?", 2000);
      const asked = await owner.say(ana, "Anybody?", 3000);
      const hers = { text: "Anybody?", side: "customer", name: "Ana", deleted: false };
      expect(await rowOf(id)).toMatchObject({
        head: 3,
        lastAt: 3000,
        waitingSince: 2000,
        customerMessages: 2,
        lastLine: hers,
      });

      await owner.do(ana, { type: "message.edit", messageId: asked.id, version: 1, body: "Anybody there?" }, 3500);
      expect(await rowOf(id)).toMatchObject({ lastLine: { ...hers, text: "Anybody there?" }, waitingSince: 2000 });
      await owner.do(ana, { type: "message.delete", messageId: asked.id, version: 2 }, 3600);
      expect((await rowOf(id)).lastLine).toEqual({ ...hers, text: null, deleted: true });

      await owner.say(asPerson(ben), "Hi", 4000);
      const his = { text: "Hi", side: "staff", name: "Ben", deleted: false };
      const joined = [{ id: ben.id, name: "Ben" }];
      expect(await rowOf(id)).toMatchObject({ waitingSince: null, lastLine: his, joined, customerMessages: 2 });

      await owner.do(asPerson(ben), { type: "conversation.leave" }, 5000);
      expect(await rowOf(id)).toMatchObject({ joined: [], lastAt: 5000, lastLine: his });
    });

    test("[WF3] closing ends the wait, and reopening does not bring it back before the customer writes", async () => {
      const id = await company.open(session, 1000);
      const [ana, owner] = [await company.author(session, id), await company.own(id)];
      await owner.say(ana, "Hello?", 2000);
      await owner.do(asPerson(ben), { type: "conversation.close" }, 3000);
      expect(await rowOf(id)).toMatchObject({ status: "closed", waitingSince: null });
      await owner.do(ana, { type: "conversation.reopen" }, 4000);
      expect(await rowOf(id)).toMatchObject({ status: "open", waitingSince: null });
      await owner.say(ana, "One more thing", 5000);
      expect((await rowOf(id)).waitingSince).toBe(5000);
    });

    test("[WF4] a note changes the row and is not its last line", async () => {
      const id = await company.open(session, 1000);
      const owner = await company.own(id);
      await owner.say(await company.author(session, id), "Hello?", 2000);
      const before = await rowOf(id);
      await owner.do(asPerson(ben), { type: "note.post", body: "Angry" }, 3000);
      const after = await rowOf(id);
      expect(after.changed).toBeGreaterThan(before.changed);
      expect(after).toMatchObject({ head: 3, lastAt: 3000, lastLine: before.lastLine, waitingSince: 2000 });
    });

    test("a customer who becomes known is known in the rows of all their conversations", async () => {
      const ids = [await company.open(session), await company.open(session)].sort();
      const { heads } = await changes();
      const identity = { externalId: randomUUID(), name: "Ana Brown", email: null };
      await desk.customers.identify(session, identity, "request");
      const { rows } = await changes(heads);
      expect(rows.map((row) => row.id).sort()).toEqual(ids);
      const brown = { id: session.customerId, name: "Ana Brown", verified: true };
      for (const row of rows) expect(row.customer).toEqual(brown);

      const visitor = await company.visitor("Visitor");
      const moved = await company.open(visitor);
      const later = (await changes()).heads;
      await desk.customers.identify(visitor, identity, "request");
      expect((await changes(later)).rows.map((row) => [row.id, row.customer])).toEqual([[moved, brown]]);
    });
  });

  describe("following", () => {
    test("[WF1] a conversation stands in the feed once, at its latest change, oldest change first", async () => {
      const [one, two, three] = [await company.open(session), await company.open(session), await company.open(session)];
      const first = await changes();
      expect(first.rows.map((row) => row.id)).toEqual([one, two, three]);
      expect(first.heads).toEqual(new Map([[company.inbox.id, first.rows.at(-1)!.changed]]));
      const owner = await company.own(one);
      await owner.say(await company.author(session, one), "Hello");
      await owner.say(await company.author(session, one), "Hello?");
      expect((await changes()).rows.map((row) => row.id)).toEqual([two, three, one]);
      const since = await changes(first.heads);
      expect(since.rows.map((row) => [row.id, row.head])).toEqual([[one, 3]]);
      expect((await changes(since.heads)).rows).toEqual([]);
      expect((await changes(since.heads)).heads).toEqual(since.heads);
    });

    test("[WF1] each inbox counts by itself, and a reader who follows in small steps misses nothing", async () => {
      const other = await desk.addInbox(company.orgId, { name: "Other shop" });
      const there = await company.visitor("Carl", other);
      const ids = new Set<string>();
      for (const who of [session, there, session, there, session, there, session]) ids.add(await company.open(who));
      const seen = new Map<string, number>();
      let heads: ReadonlyMap<string, number> = new Map();
      for (let steps = 0; ; steps += 1) {
        const next = await changes(heads, 2);
        if (next.rows.length === 0) break;
        for (const inbox of [company.inbox, other])
          expect(next.rows.filter((row) => row.inboxId === inbox.id).length).toBeLessThanOrEqual(2);
        for (const row of next.rows) seen.set(row.id, row.changed);
        ({ heads } = next);
        expect(steps).toBeLessThan(10);
      }
      expect(new Set(seen.keys())).toEqual(ids);
      expect(heads).toEqual(new Map([[company.inbox.id, 4], [other.id, 3]])); // prettier-ignore
    });

    test("[WF2] a reader who follows while many write ends with every row as it is", async () => {
      const ids = await Promise.all(Array.from({ length: 6 }, () => company.open(session)));
      const owners = await Promise.all(ids.map((id) => company.own(id)));
      const authors = await Promise.all(ids.map((id) => company.author(session, id)));
      const followed = new Map<string, FeedRow>();
      let heads: ReadonlyMap<string, number> = new Map();
      const follow = async () => {
        const next = await changes(heads, 4);
        for (const row of next.rows) followed.set(row.id, row);
        ({ heads } = next);
        return next.rows.length;
      };
      const writing = Promise.all(
        owners.map(async (owner, i) => {
          for (let n = 1; n <= 8; n += 1) await owner.say(authors[i]!, `${i} says ${n}`);
        }),
      );
      let isWriting = true;
      void writing.finally(() => (isWriting = false));
      while (isWriting) await follow();
      await writing;
      while ((await follow()) > 0);
      const now = (await desk.feed.load(company.orgId, 0)).rows;
      expect([...followed.values()].sort(byId)).toEqual([...now].sort(byId));
      expect([...followed.values()].every((row) => row.head === 9)).toBe(true);
    });

    test("a workspace starts from all open conversations and the newest closed ones", async () => {
      const ids = [];
      for (let i = 1; i <= 5; i += 1) ids.push(await company.open(session, i * 1000));
      for (const [i, at] of [
        [0, 9000],
        [1, 7000],
        [2, 8000],
      ] as const)
        // prettier-ignore
        await (await company.own(ids[i]!)).do(asPerson(ben), { type: "conversation.close" }, at);
      const loaded = await desk.feed.load(company.orgId, 2);
      expect(
        loaded.rows
          .filter((row) => row.status === "open")
          .map((row) => row.id)
          .sort(),
      ).toEqual([ids[3], ids[4]].sort());
      expect(
        loaded.rows
          .filter((row) => row.status === "closed")
          .map((row) => row.id)
          .sort(),
      ).toEqual([ids[0], ids[2]].sort());
      expect(loaded.closedTotal).toBe(3);
      expect(loaded.heads).toEqual((await changes()).heads);
      const all = (await changes()).rows;
      for (const row of loaded.rows) expect(row).toEqual(all.find((one) => one.id === row.id));
    });
  });

  describe("whose feed", () => {
    test("[I15] a reader's count of read messages is the customer's up to their number", async () => {
      const id = await company.open(session);
      const never = await company.open(session);
      const [ana, owner] = [await company.author(session, id), await company.own(id)];
      await owner.say(ana, "one");
      await owner.say(asPerson(ben), "two");
      const three = await owner.say(ana, "three");
      await owner.say(ana, "four");
      await desk.log.read(id, asPerson(ben), three.seq);
      const dee = await company.hire("Dee");
      await desk.log.read(id, asPerson(dee), 1);
      expect((await desk.feed.readCounts(company.orgId, ben.id)).get(id)).toBe(2);
      expect((await desk.feed.readCounts(company.orgId, dee.id)).get(id)).toBe(0);
      expect((await desk.feed.readCounts(company.orgId, ben.id)).has(never)).toBe(false);
      expect((await rowOf(id)).customerMessages).toBe(3);
    });

    test("[N13] another organisation sees nothing of it", async () => {
      const id = await company.open(session);
      await desk.log.read(id, asPerson(ben), 1);
      const other = await Company.found(desk, "Other");
      expect(await desk.feed.has(company.orgId, id)).toBe(true);
      expect(await desk.feed.has(other.orgId, id)).toBe(false);
      expect(await desk.feed.has(company.orgId, randomUUID())).toBe(false);
      expect(await desk.feed.has(company.orgId, "no such id")).toBe(false);
      for (const other of otherSpellings(id)) expect(await desk.feed.has(company.orgId, other)).toBe(false);
      expect(await desk.feed.changes(other.orgId, new Map(), 10)).toEqual({
        rows: [],
        heads: new Map([[other.inbox.id, 0]]),
      });
      expect(await desk.feed.changes(other.orgId, new Map([[company.inbox.id, 0]]), 10)).toMatchObject({ rows: [] });
      expect(await desk.feed.load(other.orgId, 10)).toMatchObject({ rows: [], closedTotal: 0 });
      expect((await desk.feed.readCounts(other.orgId, ben.id)).size).toBe(0);
    });
  });
}

const byId = (a: FeedRow, b: FeedRow) => (a.id < b.id ? -1 : 1);
