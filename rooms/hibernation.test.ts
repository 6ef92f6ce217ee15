import { randomUUID } from "node:crypto";
import { matchMaker } from "@colyseus/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Answer, Moved, Polled } from "#protocol/conversation.ts";
import type { Viewer } from "./door/viewer.ts";
import { local } from "./seats.ts";
import { ManualClock } from "./testing/manual-clock.ts";
import { OpenDesk, until, type Seated } from "./testing/open-desk.ts";

let desk: OpenDesk;
let ana: Viewer;
let ben: Viewer;
let conversationId: string;
let clock: ManualClock;

beforeEach(async () => {
  clock = new ManualClock();
  desk = await OpenDesk.open({ clock });
  ({ viewer: ana, conversationId } = await desk.customer("Ana"));
  ben = await desk.colleague("Ben");
});
afterEach(() => desk.close());

const say = (at: Seated, body: string) => at.ask<Answer>("message.send", { clientId: randomUUID(), body });
const kept = () => desk.memory.conversations.get(conversationId);

describe("a conversation that nobody looks at", () => {
  test("sleeps after a minute, gives its ownership up, and wakes with the next who comes", async () => {
    const atAna = await desk.join(conversationId, ana);
    await say(atAna, "good night");
    await atAna.room.leave();
    await until(() => local(conversationId)?.clients.length === 0);
    await clock.pass(59_000);
    expect(local(conversationId)).toBeDefined();
    expect(kept()?.ownerNode).toBe("node-1");
    await clock.pass(7000);
    await until(() => kept()?.ownerNode === null);
    expect(local(conversationId)).toBeUndefined();
    const again = await desk.join(conversationId, ana);
    expect(await say(again, "good morning")).toMatchObject({ ok: true, seq: 3 });
    expect(kept()?.epoch).toBe(2);
  });

  test("does not sleep while somebody is there, however long they are silent", async () => {
    const atAna = await desk.join(conversationId, ana);
    await clock.pass(600_000);
    expect(await say(atAna, "still here")).toMatchObject({ ok: true });
    expect(kept()?.epoch).toBe(1);
  });

  test("does not sleep before what is pending is kept", async () => {
    const atAna = await desk.join(conversationId, ana);
    await say(atAna, "hello");
    const letGo = desk.log.faults.hold();
    void desk.rooms.conversations.post(conversationId, ana, "message.send", { clientId: randomUUID(), body: "late" });
    await atAna.room.leave();
    await until(() => local(conversationId)?.clients.length === 0);
    await clock.pass(120_000);
    expect(local(conversationId)).toBeDefined();
    letGo();
    await until(() => desk.kept(conversationId).length === 2);
    await clock.pass(70_000);
    await until(() => local(conversationId) === undefined);
  });

  test("a seat given at the last moment is not lost", async () => {
    const atAna = await desk.join(conversationId, ana);
    await atAna.room.leave();
    await until(() => local(conversationId)?.clients.length === 0);
    await clock.pass(59_000);
    const seat = await desk.seat(conversationId, ana);
    await clock.pass(5000);
    expect(await say(await desk.sit(seat), "in time")).toMatchObject({ ok: true });
  });
});

describe("a conversation that another owner has taken", () => {
  test("[I11] closes everybody with moved, and the next seat leads to a new room that owns it", async () => {
    const [atAna, atBen] = [await desk.join(conversationId, ana), await desk.join(conversationId, ben)];
    await desk.log.claim(conversationId, "node-2");
    const late = say(atAna, "to nobody").catch((error: Error) => error.message);
    expect(await until(() => atBen.closed)).toBe(4010);
    expect(await until(() => atAna.closed)).toBe(4010);
    expect(await late).toMatch(/closed/);
    expect(desk.kept(conversationId)).toEqual([]);
    const again = await desk.join(conversationId, ana);
    expect(await say(again, "to all")).toMatchObject({ ok: true, seq: 2 });
  });

  test("is found out by the heart within two seconds, also with seats still open", async () => {
    const atAna = await desk.join(conversationId, ana);
    await desk.seat(conversationId, ben);
    await desk.log.claim(conversationId, "node-2");
    await clock.pass(2000);
    expect(await until(() => atAna.closed)).toBe(4010);
    await until(() => local(conversationId) === undefined);
    expect(kept()?.ownerNode).toBe("node-2");
  });

  test("100 seats asked for while the old room ends all lead to one new room", async () => {
    await desk.join(conversationId, ana);
    const old = local(conversationId);
    desk.rooms.renew([conversationId]);
    const seats = await Promise.all(Array.from({ length: 90 }, () => desk.seat(conversationId, ana)));
    expect(local(conversationId)).not.toBe(old);
    expect(await matchMaker.query({ name: "conversation" })).toHaveLength(1);
    const [last] = seats.slice(-1);
    if (last) expect(await say(await desk.sit(last), "here")).toMatchObject({ ok: true });
  });
});

test("[I12] after a pause nobody is told anything by a node that lost the conversation meanwhile", async () => {
  const [atAna, atBen] = [await desk.join(conversationId, ana), await desk.join(conversationId, ben)];
  const letGo = desk.log.faults.hold();
  const late = say(atAna, "kept?").catch((error: Error) => error.message);
  await atBen.ask("events.fetch", { since: 0 }); // a round trip later than the send
  clock.freeze(10_000);
  await desk.log.claim(conversationId, "node-2");
  letGo();
  expect(await until(() => atBen.closed)).toBe(4010);
  expect(await late).toMatch(/closed/);
  expect([...atAna.texts, ...atBen.texts]).toEqual([]);
});

describe("going away on purpose", () => {
  test("ends what was begun, refuses what is new, tells everybody when to come back, and gives everything up", async () => {
    const [atAna, atBen] = [await desk.join(conversationId, ana), await desk.join(conversationId, ben)];
    const letGo = desk.log.faults.hold();
    const begun = say(atAna, "begun");
    await atBen.ask("events.fetch", { since: 0 });
    const drained = desk.rooms.drain({ withinMs: 10_000 });
    const seat = () => desk.rooms.seats.conversation(conversationId, ana);
    await expect.poll(seat).toEqual({ refused: "moved", retryInMs: 1000 }); // other nodes are told first
    expect(await say(atBen, "new")).toEqual({ ok: false, code: "moved" });
    letGo();
    expect(await begun).toMatchObject({ ok: true, seq: 2 });
    expect((await atAna.first<Moved>("moved")).retryInMs).toBeGreaterThanOrEqual(0);
    await drained;
    expect(await until(() => atAna.closed)).toBe(4011);
    expect(kept()?.ownerNode).toBeNull();
    expect(desk.kept(conversationId)).toEqual(["begun"]);
  });

  test("does not wait for ever for a store that is away", async () => {
    const atAna = await desk.join(conversationId, ana);
    const letGo = desk.log.faults.hold();
    void say(atAna, "never").catch(() => undefined);
    await atAna.ask("events.fetch", { since: 0 });
    let isDrained = false;
    void desk.rooms.drain({ withinMs: 4000 }).then(() => (isDrained = true));
    await clock.pass(4000);
    expect(isDrained).toBe(true);
    expect(await until(() => atAna.closed)).toBe(4011);
    letGo();
  });
});

describe("without a socket", () => {
  const post = (viewer: Viewer, body: string) =>
    desk.rooms.conversations.post(conversationId, viewer, "message.send", { clientId: randomUUID(), body });

  test("one posts to the same actor, and those with sockets are told", async () => {
    const atBen = await desk.join(conversationId, ben);
    expect(await post(ana, "by HTTP")).toMatchObject({ ok: true, seq: 2 });
    await until(() => atBen.texts.length === 1);
    expect(await post(ana, "")).toEqual({ ok: false, code: "empty_message" });
  });

  test("one polls: at once when there is something, else when there is, and at the latest after the wait", async () => {
    const poll = (since: number) => desk.rooms.conversations.poll(conversationId, ana, { since, waitMs: 20_000 });
    expect(await poll(0)).toMatchObject({ ok: true, upTo: 1 });
    let polled: Polled | undefined;
    const waiting = poll(1).then((answer) => (polled = answer.ok ? answer : undefined));
    await desk.rooms.conversations.post(conversationId, ben, "note.post", { clientId: randomUUID(), body: "secret" });
    await clock.pass(1000);
    expect(polled).toBeUndefined();
    await post(ben, "hello");
    await waiting;
    expect(polled?.frames.map(({ event }) => event.type)).toEqual(["member.joined", "message.posted"]);
    const inVain = poll(4);
    await clock.pass(20_250);
    expect(await inVain).toMatchObject({ ok: true, frames: [], upTo: 4, more: false });
  });
});
