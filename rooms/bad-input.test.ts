import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Answer, Fetched, Refused } from "#protocol/conversation.ts";
import { conversationRequests } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import type { Viewer } from "./door/viewer.ts";
import { packed, request, signal } from "./testing/frames.ts";
import { OpenDesk, until, type Seated } from "./testing/open-desk.ts";

let desk: OpenDesk;
let ana: Viewer;
let ben: Viewer;
let conversationId: string;
let atAna: Seated;

beforeEach(async () => {
  desk = await OpenDesk.open();
  ({ viewer: ana, conversationId } = await desk.customer("Ana"));
  ben = await desk.colleague("Ben");
  atAna = await desk.join(conversationId, ana);
});
afterEach(() => desk.close());

const id = () => randomUUID();
const say = (at: Seated, body: unknown): Promise<Answer> => at.ask("message.send", { clientId: id(), body });
const no = (code: string) => ({ ok: false, code });
const isFine = async (at: Seated = atAna) => expect(await say(at, "still fine")).toMatchObject({ ok: true });

describe("[N23] texts", () => {
  test.each([
    ["an empty one", "", "empty_message"],
    ["a blank one", " \n\t", "empty_message"],
    ["100,000 characters", "x".repeat(100_000), "too_large"],
    ["NUL", "a\u0000b", "unreadable_text"],
    ["a lone surrogate", "a\uD800b", "invalid_message"], // no UTF-8, so it is the frame that cannot be read
    ["64 KiB of combining marks", `a${"\u0301".repeat(32 * 1024)}`, "too_large"],
    ["a flood of combining marks", `a${"\u0301".repeat(100)}`, "unreadable_text"],
    ["an escape sequence", "\u001b[31mred", "unreadable_text"],
  ])("%s is refused with words, and the room is fine", async (_, body, code) => {
    expect(await say(atAna, body)).toEqual(no(code));
    await isFine();
    expect(desk.kept(conversationId)).toEqual(["still fine"]);
  });

  test("[TX4] a lone surrogate that comes as JSON", async () => {
    const words = { clientId: id(), body: "a\uD800b" };
    const answer = await desk.rooms.conversations.post(conversationId, ana, "message.send", words);
    expect(answer).toEqual(no("unreadable_text"));
  });

  test("[TX1] right-to-left overrides, emoji and zero-width joiners are kept exactly as written", async () => {
    const body = "\u202Eabc\u202C 👩‍👩‍👧‍👦 שלום\u200D";
    await say(atAna, body);
    expect(desk.kept(conversationId)).toEqual([body]);
  });
});

describe("[N22] wrong types", () => {
  const wrong: unknown[] = [null, 1, true, [], {}, "", Number.NaN, Number.POSITIVE_INFINITY, -0, { $ne: 1 }, [["a"]]];
  const isGood = (field: string, value: unknown) =>
    (field === "body" && value === "") || (field === "version" && value === 1);
  const good = { clientId: id(), body: "hi", messageId: id(), version: 1 };

  test.each(Object.keys(conversationRequests))(
    "in every field of %s are refused, and nothing is kept",
    async (type) => {
      const fields = Object.keys(conversationRequests[type as keyof typeof conversationRequests].shape);
      for (const field of fields)
        for (const value of wrong.filter((one) => !isGood(field, one))) {
          const payload = Object.fromEntries(fields.map((name) => [name, good[name as keyof typeof good]]));
          expect(
            await desk.rooms.conversations.post(conversationId, ana, type, { ...payload, [field]: value }),
          ).toEqual(no("invalid_message"));
        }
      for (const payload of [undefined, null, 7, "x", [], [good]])
        expect(await desk.rooms.conversations.post(conversationId, ana, type, payload)).toEqual(no("invalid_message"));
      expect(desk.kept(conversationId)).toEqual([]);
    },
  );

  test("over the socket too", async () => {
    for (const body of wrong.slice(0, 5)) expect(await say(atAna, body)).toEqual(no("invalid_message"));
    expect(await atAna.ask("message.send", undefined)).toEqual(no("invalid_message"));
    expect(await atAna.ask("events.fetch", { since: -1 })).toEqual(no("invalid_message"));
    expect(await atAna.ask("events.fetch", { since: 0, limit: 10_000 })).toEqual(no("invalid_message"));
    expect(await atAna.ask("events.page", { before: "1" })).toEqual(no("invalid_message"));
    await isFine();
  });

  test("[N18] fields that are not the sender's to give are refused", async () => {
    for (const more of [
      { seq: 9 },
      { epoch: 9 },
      { at: 1 },
      { by: { side: "staff" } },
      { role: "admin" },
      { kind: "system" },
    ])
      expect(await atAna.ask("message.send", { clientId: id(), body: "hi", ...more })).toEqual(no("invalid_message"));
    expect(desk.kept(conversationId)).toEqual([]);
  });

  test("a type that is unknown, or only looks like one, is refused; as a signal it is ignored", async () => {
    for (const type of ["message.sendd", "constructor", "__proto__", "toString", "*", "_reserveSeat"]) {
      expect(await atAna.ask(type, {})).toEqual(no("invalid_message"));
      atAna.room.send(type, {});
      expect(await desk.rooms.conversations.post(conversationId, ana, type, {})).toEqual(no("invalid_message"));
    }
    await isFine();
  });

  test("signals that make no sense are ignored", async () => {
    for (const upTo of [-1, 1.5, "3", null, 2 ** 60]) atAna.room.send("read", { upTo });
    atAna.room.send("typing", "yes");
    await isFine();
    expect(desk.memory.conversations.get(conversationId)?.reads.size).toBe(0);
  });

  test("an array of a million, a nest a thousand deep and bytes that are nothing: one answer each, then closed", async () => {
    const raw = await (await desk.socket(await desk.seat(conversationId, ana))).hello();
    const nest = Buffer.alloc(1000, 0x91);
    raw.socket.send(request(1, "message.send", nest));
    raw.socket.send(request(2, "message.send", Buffer.from("dd000f4240", "hex")));
    raw.socket.send(signal("typing", Buffer.from("c1", "hex")));
    expect(await until(() => raw.closed)).toBe(4500);
    expect(raw.text.split("invalid_message")).toHaveLength(3);
    await isFine();
  });
});

describe("what is another's", () => {
  test("[N16] a message of another conversation can be neither edited nor deleted from one's own", async () => {
    const carl = await desk.customer("Carl");
    const said = await say(await desk.join(carl.conversationId, carl.viewer), "mine");
    const messageId = said.ok ? said.id : "";
    const edit = { clientId: id(), messageId, version: 1, body: "stolen" };
    expect(await atAna.ask("message.edit", edit)).toEqual(no("not_found"));
    expect(await atAna.ask("message.delete", { clientId: id(), messageId, version: 1 })).toEqual(no("not_found"));
    expect(await atAna.ask("message.edit", { ...edit, messageId: id() })).toEqual(no("not_found"));
    expect(desk.kept(carl.conversationId)).toEqual(["mine"]);
  });

  test("[CV8] a customer edits no agent's message, an agent no customer's, and notes do not exist for customers", async () => {
    const atBen = await desk.join(conversationId, ben);
    const [hers, his] = [await say(atAna, "hers"), await say(atBen, "his")];
    const note = await atBen.ask<Answer>("note.post", { clientId: id(), body: "careful" });
    const edit = (of: Answer) => ({ clientId: id(), messageId: of.ok ? of.id : "", version: 1, body: "changed" });
    expect(await atAna.ask("message.edit", edit(his))).toEqual(no("not_yours"));
    expect(await atBen.ask("message.edit", edit(hers))).toEqual(no("not_yours"));
    expect(await atAna.ask("message.edit", edit(note))).toEqual(no("not_found"));
    expect(await atAna.ask("note.post", { clientId: id(), body: "mine" })).toEqual(no("forbidden"));
    expect(await atAna.ask("conversation.close", { clientId: id() })).toEqual(no("forbidden"));
  });

  test("[CV3] the same key with another text", async () => {
    const clientId = id();
    await atAna.ask("message.send", { clientId, body: "one" });
    expect(await atAna.ask("message.send", { clientId, body: "two" })).toEqual(no("key_reused"));
    expect(await atAna.ask("message.send", { clientId, body: "one" })).toMatchObject({ ok: true, seq: 2 });
  });
});

describe("too much", () => {
  test("[N27] a frame over the limit closes with 1009 and disturbs nobody else", async () => {
    const raw = await (await desk.socket(await desk.seat(conversationId, ana))).hello();
    const before = process.memoryUsage().rss;
    raw.socket.send(request(1, "message.send", packed({ clientId: id(), body: "x".repeat(limits.frameMaxBytes) })));
    expect(await until(() => raw.closed)).toBe(1009);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
    await isFine();
  });

  test("[N27] compression is not agreed on, so there is no bomb to unpack", async () => {
    const raw = await desk.socket(await desk.seat(conversationId, ana));
    expect(raw.socket.extensions).toBe("");
  });

  test("[N28] 200 messages a second: refused as too fast, then closed with 1008, and others are served meanwhile", async () => {
    const raw = await (await desk.socket(await desk.seat(conversationId, ana))).hello();
    const atBen = await desk.join(conversationId, ben);
    const flood = (frames: number) => {
      for (let i = 0; i < frames; i += 1)
        raw.socket.send(request(i % 100, "message.send", packed({ clientId: id(), body: `${i}` })));
    };
    flood(100);
    await until(() => raw.text.includes("too_fast"));
    flood(300);
    await isFine(atBen);
    expect(await until(() => raw.closed)).toBe(1008);
    expect(desk.kept(conversationId).length).toBeLessThanOrEqual(limits.messageBurst + 5);
  });

  test("[N29] a reader that never reads is closed with 4008 and costs the room nothing", async () => {
    const slow = await (await desk.socket(await desk.seat(conversationId, ana))).hello();
    await until(() => slow.text.includes("welcome"));
    for (let i = 0; i < 50; i += 1) await desk.rooms.conversations.post(conversationId, ben, "message.send", { clientId: id(), body: "字".repeat(4000) }); // prettier-ignore
    await until(() => slow.text.length > 50 * 12_000);
    slow.socket.pause();
    for (let asked = 0; asked < 60; asked += 1) slow.socket.send(request(asked, "events.fetch", packed({ since: 0 })));
    await until(() => desk.closed.some(({ reason }) => reason === "slow"));
    await isFine(await desk.join(conversationId, ben));
    slow.socket.resume();
    expect(await until(() => slow.closed)).toBe(4008);
  });
});

describe("a bug of ours", () => {
  test("refuses that one request with a reference, is told once, and takes neither room nor process down", async () => {
    const page = desk.log.page.bind(desk.log);
    desk.log.page = () => Promise.reject(new TypeError("secret detail"));
    const answer = await atAna.ask<Refused>("events.page", {});
    expect(answer).toEqual({ ok: false, code: "fault", ref: expect.any(String) as string });
    expect(desk.faults).toEqual([
      { error: expect.any(TypeError) as Error, where: "conversation.events.page", ref: answer.ref },
    ]);
    desk.log.page = page;
    await isFine();
    expect(await atAna.ask<Fetched>("events.fetch", { since: 0 })).toMatchObject({ ok: true });
  });

  test("in what follows a signal is told too, and ends nothing", async () => {
    desk.log.read = () => Promise.reject(new TypeError("a bug"));
    atAna.room.send("read", { upTo: 1 });
    await until(() => desk.faults.length === 1);
    await isFine();
  });

  test("in joining refuses that join only", async () => {
    const claim = desk.log.claim.bind(desk.log);
    const carl = await desk.customer("Carl");
    desk.log.claim = () => Promise.reject(new TypeError("a bug"));
    await expect(desk.sit(await desk.seat(carl.conversationId, carl.viewer))).rejects.toThrow(/^fault$/);
    expect(desk.faults).toMatchObject([{ where: "conversation.join" }]);
    desk.log.claim = claim;
    await isFine(await desk.join(carl.conversationId, carl.viewer));
    await isFine();
  });
});

describe("a store that is away", () => {
  test("sends and reads are refused as unavailable, and go on when it is back", async () => {
    desk.log.faults.down = true;
    const words = { clientId: id(), body: "hello" };
    expect(await atAna.ask("message.send", words)).toEqual(no("unavailable"));
    expect(await atAna.ask("events.fetch", { since: 0 })).toEqual(no("unavailable"));
    expect(await atAna.ask("events.page", {})).toEqual(no("unavailable"));
    const carl = await desk.customer("Carl");
    await expect(desk.sit(await desk.seat(carl.conversationId, carl.viewer))).rejects.toThrow("unavailable");
    desk.log.faults.down = false;
    expect(await atAna.ask("message.send", words)).toMatchObject({ ok: true, seq: 2 });
    await isFine(await desk.join(carl.conversationId, carl.viewer));
    expect(desk.faults).toEqual([]);
  });
});
