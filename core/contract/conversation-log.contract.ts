import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Append, ConversationLog } from "#core/ports/conversation-log.ts";
import type { Person } from "#protocol/people.ts";
import { otherSpellings } from "./desk-under-test.ts";
import { conversationLogReadsContract } from "./conversation-log-reads.contract.ts";
import type { LogUnderTest } from "./log-under-test.ts";
import { Owner } from "./owner.ts";

export type { LogUnderTest } from "./log-under-test.ts";

/** What every conversation log must do. */
export function conversationLogContract(start: () => Promise<LogUnderTest>): void {
  let under: LogUnderTest;
  beforeAll(async () => {
    under = await start();
  });
  afterAll(() => under.close?.());

  describe("appending", () => appending(() => under));
  describe("owning", () => owning(() => under));
  conversationLogReadsContract(() => under);
}

function appending(under: () => LogUnderTest): void {
  let log: ConversationLog;
  let ana: Person;
  let id: string;
  let owner: Owner;
  beforeEach(async () => {
    log = under().log;
    const opened = await under().open();
    ana = opened.ana;
    id = opened.conversationId;
    owner = await Owner.claim(log, id, under().nodes[0]);
  });
  const kept = async () => (await log.since(id, "staff", 0, 200)).frames.map((frame) => frame.event);

  test("[CV1] what is appended gets the numbers it came with, densely", async () => {
    await owner.say(ana, "Hello");
    await owner.say(under().ben, "Hi, I am Ben");
    expect((await kept()).map((event) => [event.seq, event.type])).toEqual([
      [1, "conversation.opened"],
      [2, "message.posted"],
      [3, "member.joined"],
      [4, "message.posted"],
    ]);
  });

  test("an event comes back exactly as it was appended", async () => {
    const append = await owner.prepare(ana, { type: "message.send", body: "Hello" }, 1_750_000_000_123);
    await owner.append(append);
    expect((await kept()).at(-1)).toEqual(append.events[0]);
  });

  test("[DL1] an append with a stale epoch is fenced and changes nothing", async () => {
    await Owner.claim(log, id, under().nodes[1]);
    const append = await owner.prepare(ana, { type: "message.send", body: "Too late" });
    expect(await log.append(append)).toEqual({ outcome: "fenced" });
    expect(await kept()).toHaveLength(1);
  });

  test("[DL1] a stale owner is fenced even when the key is known: it may not acknowledge any more", async () => {
    const append = await owner.prepare(ana, { type: "message.send", body: "Hello" });
    await owner.append(append);
    await Owner.claim(log, id, under().nodes[1]);
    expect(await log.append(append)).toEqual({ outcome: "fenced" });
  });

  test("[DL1] an append to a conversation that is not there is fenced", async () => {
    const append = await owner.prepare(ana, { type: "message.send", body: "Hello" });
    expect(await log.append({ ...append, conversationId: randomUUID() })).toEqual({ outcome: "fenced" });
  });

  test("[DL2] the same append again gives the first event back and changes nothing", async () => {
    const append = await owner.prepare(ana, { type: "message.send", body: "Hello" });
    await owner.append(append);
    expect(await log.append(append)).toEqual({ outcome: "duplicate", event: append.events[0] });
    expect(await kept()).toHaveLength(2);
  });

  test("[DL2] the same key with the next number and another text gives the first event back", async () => {
    const clientId = randomUUID();
    const first = await owner.do(ana, { type: "message.send", body: "Hello", clientId });
    const again = await owner.prepare(ana, { type: "message.send", body: "Goodbye", clientId });
    expect(await log.append(again)).toEqual({ outcome: "duplicate", event: first });
    expect(await kept()).toHaveLength(2);
  });

  test("[DL2] a repeated step of two events gives back the one that was asked for", async () => {
    const append = await owner.prepare(under().ben, { type: "message.send", body: "Hi" });
    expect(append.events).toHaveLength(2);
    await owner.append(append);
    expect(await log.append(append)).toEqual({ outcome: "duplicate", event: append.events[1] });
    expect(await kept()).toHaveLength(3);
  });

  test("[DL2] a key is known to the next owner too", async () => {
    const append = await owner.prepare(ana, { type: "message.send", body: "Hello" });
    await owner.append(append);
    const next = await Owner.claim(log, id, under().nodes[1]);
    expect(await log.append({ ...append, epoch: next.epoch })).toEqual({
      outcome: "duplicate",
      event: append.events[0],
    });
  });

  test("[DL2] of one append sent twice at once, one is kept and the other a duplicate", async () => {
    const append = await owner.prepare(ana, { type: "message.send", body: "Hello" });
    const outcomes = (await Promise.all([log.append(append), log.append(append)])).map((one) => one.outcome);
    expect(outcomes.sort()).toEqual(["duplicate", "kept"]);
    expect(await kept()).toHaveLength(2);
  });

  test("[DL2] the same key of another author is another key", async () => {
    const clientId = randomUUID();
    await owner.do(under().ben, { type: "conversation.join", clientId });
    await owner.do(under().dee, { type: "conversation.join", clientId });
    expect(await kept()).toHaveLength(3);
  });

  test("[DL3] an append with a wrong expected head is behind and changes nothing", async () => {
    const early = await owner.prepare(ana, { type: "message.send", body: "Hello" });
    await owner.say(ana, "I was faster");
    expect(await log.append(early)).toEqual({ outcome: "behind" });
    const ahead = { ...early, expectedHead: 7, events: early.events.map((event) => ({ ...event, seq: 8 })) };
    expect(await log.append(ahead)).toEqual({ outcome: "behind" });
    expect(await kept()).toHaveLength(2);
  });

  test("[DL3] of twenty appends at once for the same number, exactly one is kept", async () => {
    const appends: Append[] = [];
    for (let i = 0; i < 20; i += 1) appends.push(await owner.prepare(ana, { type: "message.send", body: `No ${i}` }));
    const outcomes = (await Promise.all(appends.map((append) => log.append(append)))).map((one) => one.outcome);
    expect(outcomes.filter((outcome) => outcome === "kept")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "behind")).toHaveLength(19);
    expect(await kept()).toHaveLength(2);
  });

  test("[DL4] one bad append among many at once fails alone", async () => {
    const owners = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const opened = await under().open();
        return { ...opened, owner: await Owner.claim(log, opened.conversationId, under().nodes[0]) };
      }),
    );
    const good = await Promise.all(
      owners.map((one) => one.owner.prepare(one.ana, { type: "message.send", body: "Hi" })),
    );
    const fine = await owner.prepare(ana, { type: "message.send", body: "Hello" });
    const bad = { ...fine, events: fine.events.map((event) => ({ ...event, id: "not a uuid" })) };
    const [, ...outcomes] = await Promise.allSettled([bad, ...good].map((append) => log.append(append)));
    expect(outcomes).toEqual(good.map(() => ({ status: "fulfilled", value: { outcome: "kept" } })));
  });
}

function owning(under: () => LogUnderTest): void {
  test("[DL5] a claim raises the epoch by one and says what there is", async () => {
    const { log, nodes, ben } = under();
    const { conversationId, ana, orgId, inboxId } = await under().open();
    const first = await log.claim(conversationId, nodes[0]);
    const second = await log.claim(conversationId, nodes[1]);
    expect(second!.epoch).toBe(first!.epoch + 1);
    expect(second).toMatchObject({ orgId, inboxId });
    expect(second!.conversation).toMatchObject({ id: conversationId, customerAuthor: ana.id, head: 1, status: "open" });
    expect([...second!.conversation.members.values()]).toEqual([
      { id: ana.id, side: "customer", name: ana.name, joined: true },
    ]);
    expect(second!.conversation.members.has(ben.id)).toBe(false);
  });

  test("[I10] an id in another spelling is nobody's, so that no conversation has two owners who do not know of each other", async () => {
    const { log, nodes, ben } = under();
    const { conversationId } = await under().open();
    for (const other of otherSpellings(conversationId)) {
      expect(await log.claim(other, nodes[0])).toBeUndefined();
      expect((await log.since(other, "staff", 0, 200).catch(() => undefined))?.frames ?? []).toEqual([]);
      expect(await log.byKey(other, ben, conversationId).catch(() => undefined)).toBeUndefined();
    }
  });

  test("[DL5] a claim after a day's work gives the same conversation as living through it", async () => {
    const { log, nodes, ben, dee } = under();
    const { conversationId, ana } = await under().open();
    const owner = await Owner.claim(log, conversationId, nodes[0]);
    await owner.say(ana, "Hello");
    await owner.say(ben, "Hi");
    await owner.do(dee, { type: "conversation.join" });
    await owner.do(dee, { type: "conversation.leave" });
    await owner.do(ben, { type: "conversation.close" });
    await owner.do(ben, { type: "note.post", body: "He was angry" });
    const claimed = await log.claim(conversationId, nodes[1]);
    expect(claimed!.conversation).toEqual(owner.conversation);
  });

  test("[DL5] five claims at once get five epochs", async () => {
    const { log, nodes } = under();
    const { conversationId } = await under().open();
    const claims = await Promise.all(Array.from({ length: 5 }, (_, i) => log.claim(conversationId, nodes[i % 2]!)));
    expect(new Set(claims.map((claim) => claim!.epoch)).size).toBe(5);
  });

  test("[DL5] stillOwned names those whose epoch is the newest", async () => {
    const { log, nodes } = under();
    const [mine, lost] = [await under().open(), await under().open()];
    const owned = new Map<string, number>();
    for (const { conversationId } of [mine, lost])
      owned.set(conversationId, (await log.claim(conversationId, nodes[0]))!.epoch);
    await log.claim(lost.conversationId, nodes[1]);
    expect([...(await log.stillOwned(owned))]).toEqual([mine.conversationId]);
    expect((await log.stillOwned(new Map())).size).toBe(0);
  });

  test("a conversation that is not there cannot be claimed", async () => {
    expect(await under().log.claim(randomUUID(), under().nodes[0])).toBeUndefined();
  });

  test("releasing gives way to the next claim and does not bring an old epoch back", async () => {
    const { log, nodes } = under();
    const { conversationId, ana } = await under().open();
    const owner = await Owner.claim(log, conversationId, nodes[0]);
    await log.release(conversationId, owner.epoch);
    const next = await Owner.claim(log, conversationId, nodes[1]);
    expect(next.epoch).toBeGreaterThan(owner.epoch);
    await log.release(conversationId, owner.epoch); // an old owner's late goodbye
    await next.say(ana, "Hello");
    expect(next.conversation.head).toBe(2);
  });
}
