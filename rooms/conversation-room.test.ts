import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Answer, Fetched, Frame, Header, Paged, Ping, Welcome } from "#protocol/conversation.ts";
import { local } from "./seats.ts";
import { ManualClock } from "./testing/manual-clock.ts";
import { OpenDesk, until, type Seated } from "./testing/open-desk.ts";
import type { Viewer } from "./door/viewer.ts";

let desk: OpenDesk;
let ana: Viewer;
let ben: Viewer;
let conversationId: string;
const clock = new ManualClock();

beforeEach(async () => {
  desk = await OpenDesk.open({ clock });
  ({ viewer: ana, conversationId } = await desk.customer("Ana"));
  ben = await desk.colleague("Ben");
});
afterEach(() => desk.close());

const words = (body: string) => ({ clientId: randomUUID(), body });
const say = (at: Seated, body: string) => at.ask<Answer>("message.send", words(body));

/** The state as the SDK shows it. */
type Shown = {
  status: string;
  head: number;
  members: Record<
    string,
    { name: string; online: boolean; joined: boolean; typing: boolean; read: number; delivered: number }
  >;
  staffHead?: number;
  staffReads?: Record<string, number>;
  viewers?: Record<string, { name: string; here: boolean }>;
};

describe("a conversation", () => {
  test("[CV1] five concurrent sends get consecutive numbers, and both see them in this order", async () => {
    const [atAna, atBen] = [await desk.join(conversationId, ana), await desk.join(conversationId, ben)];
    const answers = await Promise.all(["1", "2", "3", "4", "5"].map((body) => say(atAna, body)));
    expect(answers.map((answer) => answer.ok && answer.seq)).toEqual([2, 3, 4, 5, 6]); // 1: it was opened
    await until(() => atBen.texts.length === 5);
    expect(atBen.texts).toEqual(["1", "2", "3", "4", "5"]);
    expect(atAna.texts).toEqual(atBen.texts);
  });

  test("welcomes everybody first, with who they are and how far it has got for them", async () => {
    const atBen = await desk.join(conversationId, ben);
    await atBen.ask("note.post", words("careful"));
    const atAna = await desk.join(conversationId, ana);
    expect(atAna.told[0]?.type).toBe("welcome");
    const you = { side: "customer", id: ana.person.id };
    expect(await atAna.first<Welcome>("welcome")).toEqual({ protocol: 1, conversationId, you, head: 1 });
    const again = await desk.join(conversationId, ben);
    expect(await again.first<Welcome>("welcome")).toMatchObject({ head: 2 });
  });

  test("[DL8] [I4] nothing reaches a socket before it is kept", async () => {
    const [atAna, atBen] = [await desk.join(conversationId, ana), await desk.join(conversationId, ben)];
    const letGo = desk.log.faults.hold();
    let answered = false;
    const answer = say(atAna, "hello").finally(() => (answered = true));
    await atBen.ask<Fetched>("events.fetch", { since: 0 }); // a round trip later than the send
    expect([answered, atAna.texts, atBen.texts]).toEqual([false, [], []]);
    letGo();
    await answer;
    await until(() => atBen.texts.length === 1);
  });

  test("is read from the log: what came before, by number and by page", async () => {
    const atAna = await desk.join(conversationId, ana);
    for (const body of ["one", "two", "three"]) await say(atAna, body);
    const fetched = await atAna.ask<Fetched>("events.fetch", { since: 2, limit: 1 });
    expect(fetched).toMatchObject({ ok: true, upTo: 3, more: true });
    expect(fetched.frames.map(({ after, event }) => [after, event.seq])).toEqual([[2, 3]]);
    const paged = await atAna.ask<Paged>("events.page", { limit: 2 });
    expect(paged.lines.map((line) => "body" in line && line.body)).toEqual(["two", "three"]);
    expect(paged).toMatchObject({ asOf: 4, more: true });
  });

  test("pings everybody with their head every five seconds", async () => {
    const [atAna, atBen] = [await desk.join(conversationId, ana), await desk.join(conversationId, ben)];
    await atBen.ask("note.post", words("careful"));
    await clock.pass(5000);
    expect(await atAna.first<Ping>("ping")).toEqual({ head: 1 });
    expect(await atBen.first<Ping>("ping")).toEqual({ head: 2 });
    await clock.pass(5000);
    await until(() => atAna.all("ping").length === 2);
  });
});

describe("the header", () => {
  test("shows who is here, who types and how far they have read, as it changes", async () => {
    const [atAna, atBen] = [await desk.join(conversationId, ana), await desk.join(conversationId, ben)];
    await say(atBen, "hello");
    const seen = (id: string) => atAna.state<Shown>().members[id];
    await until(() => seen(ben.person.id)?.online === true);
    atBen.room.send("typing", { on: true });
    await until(() => seen(ben.person.id)?.typing === true);
    await clock.pass(6000);
    await until(() => seen(ben.person.id)?.typing === false);
    atAna.room.send("read", { upTo: 3 });
    await until(() => atBen.state<Shown>().members[ana.person.id]?.read === 3);
    await atBen.ask("conversation.close", { clientId: randomUUID() });
    await until(() => atAna.state<Shown>().status === "closed");
    await atBen.room.leave();
    await until(() => seen(ben.person.id)?.online === false);
  });

  test("in a lively conversation it is told of some at a time, and the last change is not forgotten", async () => {
    await desk.close();
    desk = await OpenDesk.open({ clock, rates: { headersPerSecond: 5 } });
    ({ viewer: ana, conversationId } = await desk.customer("Ana"));
    const [atAna, atBen] = [
      await desk.join(conversationId, ana),
      await desk.join(conversationId, await desk.colleague("Ben")),
    ];
    await clock.pass(1000);
    let changes = 0;
    atBen.room.onStateChange(() => (changes += 1));
    for (let count = 1; count <= 10; count += 1) await say(atAna, `${count}`);
    await until(() => atBen.texts.length === 10);
    expect(changes, "the frames have told of the messages").toBe(0);
    await clock.pass(200);
    await until(() => atBen.state<Shown>().head === 11);
    expect(changes).toBe(1);
    atAna.room.send("typing", { on: true });
    atAna.room.send("typing", { on: false });
    await atAna.ask("events.fetch", { since: 0, limit: 1 }); // both have come by now
    await clock.pass(1000);
    expect(changes, "nothing but what had changed back").toBeLessThanOrEqual(2);
  });

  test("[N17] staff's fields never reach a customer: not their head, not their reads, not who looks on", async () => {
    const [atAna, atBen] = [await desk.join(conversationId, ana), await desk.join(conversationId, ben)];
    await atBen.ask("note.post", words("careful"));
    atBen.room.send("read", { upTo: 2 });
    await until(() => atBen.state<Shown>().staffReads?.[ben.person.id] === 2);
    expect(atBen.state<Shown>()).toMatchObject({
      staffHead: 2,
      viewers: { [ben.person.id]: { name: "Ben", here: true } },
    });
    await say(atAna, "after it");
    await until(() => atAna.state<Shown>().head === 3);
    const { staffHead, staffReads = {}, viewers = {} } = atAna.state<Shown>();
    expect({ staffHead, staffReads, viewers }).toEqual({ staffHead: undefined, staffReads: {}, viewers: {} });
  });

  test("[N29] of a slow reader is mended when they have caught up, by the whole of it", async () => {
    const atBen = await desk.join(conversationId, ben);
    await until(() => atBen.state<Shown>().viewers?.[ben.person.id]);
    const wire = local(conversationId)?.clients[0]?.ref ?? {};
    Object.defineProperty(wire, "bufferedAmount", { value: 2 * 2 ** 20, configurable: true });
    await atBen.ask("conversation.close", { clientId: randomUUID() });
    await atBen.ask("events.fetch", { since: 0 });
    expect(atBen.state<Shown>().status).toBe("open");
    Reflect.deleteProperty(wire, "bufferedAmount");
    await clock.pass(5000);
    await until(() => atBen.state<Shown>().status === "closed");
    await say(await desk.join(conversationId, ana), "too late");
    await until(() => atBen.state<Shown>().members[ana.person.id]?.online); // patches go on from there
  });

  test("is the same for who polls", async () => {
    const atBen = await desk.join(conversationId, ben);
    await say(atBen, "hello");
    const polled = await desk.rooms.conversations.poll(conversationId, ana, { since: 0 });
    const header: Partial<Header> = { status: "open", head: 3, viewers: [] };
    expect(polled).toMatchObject({ ok: true, upTo: 3, you: { side: "customer", id: ana.person.id }, header });
  });

  test("shows who polls: here while they come back, typing and reading as over a socket", async () => {
    const atBen = await desk.join(conversationId, ben);
    await say(atBen, "hello");
    const { conversations } = desk.rooms;
    const seenOfAna = () => atBen.state<Shown>().members[ana.person.id];
    const signal = (type: string, payload: object) => conversations.signal(conversationId, ana, type, payload);
    const polling = conversations.poll(conversationId, ana, { since: 3, waitMs: 8000 });
    await until(() => seenOfAna()?.online);
    expect(await signal("typing", { on: true })).toEqual({ ok: true });
    await until(() => seenOfAna()?.typing);
    await signal("delivered", { upTo: 2 });
    await signal("read", { upTo: 3 });
    await until(() => seenOfAna()?.read === 3);
    for (const odd of [{ on: "yes" }, {}, { on: true, id: ben.person.id }])
      expect(await signal("typing", odd)).toMatchObject({ ok: false, code: "invalid_message" });
    expect(await signal("list.window", { view: "all" })).toMatchObject({ ok: false, code: "invalid_message" });
    await clock.pass(8000);
    await polling;
    expect(seenOfAna()?.online).toBe(true);
    await clock.pass(4000);
    await until(() => seenOfAna()?.online === false);
  });
});

describe("[CV7] a note by an agent", () => {
  test("never reaches a customer's socket, nor do its edits and its deletion: not one byte of it, not one frame more", async () => {
    const atAna = await (await desk.socket(await desk.seat(conversationId, ana))).hello();
    const atBen = await desk.join(conversationId, ben);
    await until(() => atAna.text.includes("welcome"));
    await say(atBen, "for everybody");
    await until(() => atAna.text.includes("for everybody"));
    const before = atAna.received.length;
    const note = await atBen.ask<Answer>("note.post", words("a secret"));
    const messageId = note.ok ? note.id : "";
    await atBen.ask("message.edit", { clientId: randomUUID(), messageId, version: 1, body: "another secret" });
    await atBen.ask("message.delete", { clientId: randomUUID(), messageId, version: 2 });
    await until(() => atBen.events.some((event) => event.type === "message.deleted"));
    await until(() => atBen.state<Shown>().staffHead === 6);
    expect(atAna.received.length).toBe(before);
    await say(atBen, "the end");
    await until(() => atAna.text.includes("the end"));
    expect(atAna.text).not.toMatch(/secret|note/);
  });

  test("[CV12] leaves no hole in what the customer is told", async () => {
    const [atAna, atBen] = [await desk.join(conversationId, ana), await desk.join(conversationId, ben)];
    await say(atBen, "one");
    await atBen.ask("note.post", words("a secret"));
    await say(atBen, "two");
    await until(() => atAna.texts.length === 2);
    const frames = atAna.all<Frame[]>("frames").flat();
    expect(frames.map(({ after, event }) => [after, event.seq])).toEqual([[1, 2], [2, 3], [3, 5]]); // prettier-ignore
    const fetched = await atAna.ask<Fetched>("events.fetch", { since: 0 });
    expect(fetched.frames.slice(1)).toEqual(frames);
  });
});
