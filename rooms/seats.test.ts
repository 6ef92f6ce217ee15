import { randomUUID } from "node:crypto";
import { matchMaker, type LocalDriver } from "@colyseus/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Answer } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import { isRefusal } from "#protocol/refusals.ts";
import type { Viewer } from "./door/viewer.ts";
import { workspaceRoomId } from "./names.ts";
import { ManualClock } from "./testing/manual-clock.ts";
import { OpenDesk, pageHeaders, until, type Refused } from "./testing/open-desk.ts";

let desk: OpenDesk;
let ana: Viewer;
let ben: Viewer;
let conversationId: string;
let clock: ManualClock;

beforeEach(async () => {
  clock = new ManualClock();
  desk = await OpenDesk.open({ clock, rates: { socketsPerPerson: 5, socketsPerAddress: 8 } });
  ({ viewer: ana, conversationId } = await desk.customer("Ana"));
  ben = await desk.colleague("Ben");
});
afterEach(() => desk.close());

const refusal = async (joining: Promise<unknown>): Promise<number> =>
  joining.then(
    () => 101,
    (refused: Refused) => refused.status,
  );

describe("a seat", () => {
  test("200 concurrent requests make one room and claim the conversation once", async () => {
    await desk.close();
    desk = await OpenDesk.open({ rates: { socketsPerPerson: 500, socketsPerAddress: 500, joinBurst: 500 } });
    ({ viewer: ana, conversationId } = await desk.customer("Ana"));
    const recorded = vi.spyOn(matchMaker.driver, "persist");
    const inserted = vi.spyOn(matchMaker.driver as LocalDriver, "insert");
    const seats = await Promise.all(Array.from({ length: 200 }, () => desk.seat(conversationId, ana)));
    expect([recorded.mock.calls.length, inserted.mock.calls.length]).toEqual([0, 1]);
    expect(new Set(seats.map((seat) => seat.sessionId)).size).toBe(200);
    expect(await matchMaker.query({ name: "conversation" })).toHaveLength(1);
    await Promise.all(seats.slice(0, 20).map((seat) => desk.sit(seat)));
    expect(desk.memory.conversations.get(conversationId)?.epoch).toBe(1);
  });

  test("[N4] works once", async () => {
    const seat = await desk.seat(conversationId, ana);
    await desk.socket(seat);
    expect(await refusal(desk.socket(seat))).toBe(401);
  });

  test("[N4] is not good any more after fifteen seconds", async () => {
    const seat = await desk.seat(conversationId, ana);
    clock.freeze(limits.seatValidMs + 1);
    expect(await refusal(desk.socket(seat))).toBe(401);
  });

  test("[N4] does not work from another browser, and is used up by the attempt", async () => {
    const seat = await desk.seat(conversationId, ana);
    expect(await refusal(desk.socket(seat, { ...pageHeaders, "user-agent": "Mozilla/5.0 Thief" }))).toBe(401);
    expect(await refusal(desk.socket(seat))).toBe(401);
  });

  test("[N4] is for its own room only", async () => {
    const other = await desk.customer("Carl");
    const seat = await desk.seat(conversationId, ana);
    await desk.seat(other.conversationId, other.viewer);
    expect(await refusal(desk.socket({ ...seat, roomId: other.conversationId }))).toBe(401);
  });

  test("without one nobody gets as far as a handshake", async () => {
    const seat = await desk.seat(conversationId, ana);
    for (const sessionId of ["", "guess", "../../etc", "%00"])
      expect(await refusal(desk.socket({ ...seat, sessionId }))).toBe(401);
  });
});

describe("[N24] the page that asks", () => {
  test.each([
    ["a foreign one", "https://evil.example"],
    ["one that only begins like ours", "https://shop.example.evil.example"],
    ["one of another scheme", "http://shop.example"],
    ["one of another port", "https://shop.example:8443"],
    ["one that has none", "null"],
  ])("%s is refused with 403 before the upgrade", async (_, origin) => {
    const seat = await desk.seat(conversationId, ana);
    expect(await refusal(desk.socket(seat, { ...pageHeaders, origin }))).toBe(403);
  });

  test("a browser that does not say which is refused, a program that says none is not", async () => {
    const { origin: _, ...silent } = pageHeaders;
    expect(await refusal(desk.socket(await desk.seat(conversationId, ana), silent))).toBe(403);
    const program = { ...ana, userAgent: "node", origin: undefined };
    expect(await refusal(desk.socket(await desk.seat(conversationId, program), { "user-agent": "node" }))).toBe(101);
  });

  test("one that the desk does not allow at all is refused although a seat was given to it", async () => {
    await desk.close();
    desk = await OpenDesk.open({ isAllowedOrigin: (origin) => origin === "https://desk.example" });
    const { viewer, conversationId: id } = await desk.customer("Ana");
    expect(await refusal(desk.socket(await desk.seat(id, viewer)))).toBe(403);
  });
});

describe("who may sit where", () => {
  const said = async (id: string, viewer: Viewer) => (await desk.sit(await desk.seat(id, viewer))).first("welcome");
  const shut = async (id: string, viewer: Viewer) =>
    desk.seat(id, viewer).then(
      (seat) =>
        desk.sit(seat).then(
          () => "joined",
          (error: Error) => error.message,
        ),
      (error: Error) => error.message,
    );

  test("[N12] a customer is answered the same for a conversation of another and for one that does not exist", async () => {
    const carl = await desk.customer("Carl");
    await said(carl.conversationId, carl.viewer);
    expect(await shut(carl.conversationId, ana)).toBe("not_found");
    expect(await shut(randomUUID(), ana)).toBe("not_found");
    const command = ["message.send", { clientId: randomUUID(), body: "hi" }] as const;
    const { conversations } = desk.rooms;
    const notFound = { ok: false, code: "not_found" };
    expect(await conversations.post(carl.conversationId, ana, ...command)).toEqual(notFound);
    expect(await conversations.poll(carl.conversationId, ana, { since: 0 })).toEqual(notFound);
    expect(await conversations.page(carl.conversationId, ana, {})).toEqual(notFound);
    expect(await conversations.page(randomUUID(), ana, {})).toEqual(notFound);
    expect(desk.kept(carl.conversationId)).toEqual([]);
  });

  test("[N13] an agent of another organisation finds nothing, over the socket and over HTTP", async () => {
    const eve = await desk.colleague("Eve", "admin", desk.rival());
    expect(await shut(conversationId, eve)).toBe("not_found");
    const command = ["note.post", { clientId: randomUUID(), body: "hi" }] as const;
    expect(await desk.rooms.conversations.post(conversationId, eve, ...command)).toMatchObject({ code: "not_found" });
    expect(await desk.rooms.seats.workspace(ana)).toEqual({ refused: "forbidden" });
  });

  test("[N13] the name of a workspace is no conversation's", async () => {
    await desk.work(ben);
    const eve = await desk.colleague("Eve", "admin", desk.rival());
    const { seats, conversations } = desk.rooms;
    expect(await seats.conversation(workspaceRoomId(desk.orgId, "node-1"), eve)).toEqual({ refused: "not_found" });
    expect(await conversations.page(workspaceRoomId(desk.orgId, "node-1"), eve, {})).toMatchObject({ ok: false });
  });

  test("[N14] [N25] the public door does not exist: no matchmaking, no listing, no monitor, no header that lets pages read", async () => {
    await said(conversationId, ana);
    for (const path of [
      "matchmake/joinOrCreate/conversation",
      `matchmake/joinById/${conversationId}`,
      "monitor",
      "playground",
      "",
    ]) {
      for (const method of ["POST", "OPTIONS", "GET"]) {
        const answer = await fetch(`${desk.url}/${path}`, { method, headers: { origin: "https://evil.example" } });
        expect([path, method, answer.status]).toEqual([path, method, 404]);
        expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
        expect(await answer.text()).not.toContain(conversationId);
      }
    }
    expect(matchMaker.controller.exposedMethods).toEqual([]);
    expect(matchMaker.controller.getCorsHeaders(new Headers({ origin: "https://evil.example" }))).toEqual({});
    expect(matchMaker.controller.DEFAULT_CORS_HEADERS).toEqual({});
  });
});

describe("[N28] how many sockets", () => {
  test("a person has at most so many, seats included, and gets another when one is gone", async () => {
    const sockets = await Promise.all(
      Array.from({ length: 5 }, async () => desk.socket(await desk.seat(conversationId, ana))),
    );
    expect(await desk.rooms.seats.conversation(conversationId, ana)).toEqual({
      refused: "too_fast",
      retryInMs: 15_000,
    });
    expect(await refusal(desk.seat(conversationId, ben).then((seat) => desk.socket(seat)))).toBe(101);
    sockets[0]?.socket.terminate();
    await until(() => desk.closed.length > 0);
    const again = async () => !("refused" in (await desk.rooms.seats.conversation(conversationId, ana)));
    await expect.poll(again).toBe(true);
  });

  test("an address has at most so many, whoever they are", async () => {
    for (let i = 0; i < 8; i += 1) await desk.seat(conversationId, { ...ana, sessionId: `s${i}` });
    expect(await desk.rooms.seats.conversation(conversationId, ben)).toMatchObject({ refused: "too_fast" });
    expect(await desk.rooms.seats.conversation(conversationId, { ...ben, ip: "198.51.100.1" })).toHaveProperty(
      "sessionId",
    );
  });

  test("seats that nobody came for do not count for long", async () => {
    for (let i = 0; i < 5; i += 1) await desk.seat(conversationId, ana);
    await clock.pass(limits.seatValidMs + 2000);
    expect(await desk.rooms.seats.conversation(conversationId, ana)).toHaveProperty("sessionId");
  });

  test("a socket that never says it has joined is closed", async () => {
    const silent = await desk.socket(await desk.seat(conversationId, ana));
    await until(() => silent.received.length > 0);
    await clock.pass(16_000);
    expect(await until(() => silent.closed)).toBe(4008);
  });
});

describe("[N5] a session that ends", () => {
  test("closes its sockets at once, tears up its seats, and its next frame is not executed", async () => {
    const atAna = await desk.join(conversationId, ana);
    const atBen = await desk.join(conversationId, ben);
    const unused = await desk.seat(conversationId, ana);
    const late = atAna.ask<Answer>("message.send", { clientId: randomUUID(), body: "too late" });
    late.catch(() => undefined);
    desk.rooms.closeSessions([ana.sessionId]);
    expect(await until(() => atAna.closed)).toBe(4501);
    await expect(late).rejects.toThrow("closed");
    expect(await refusal(desk.socket(unused))).toBe(401);
    await atBen.ask("message.send", { clientId: randomUUID(), body: "still here" });
    expect(desk.kept(conversationId)).toEqual(["still here"]);
  });

  test("does not execute what was waiting for its turn", async () => {
    const [atAna, atBen] = [await desk.join(conversationId, ana), await desk.join(conversationId, ben)];
    const letGo = desk.log.faults.hold();
    const first = atBen.ask<Answer>("message.send", { clientId: randomUUID(), body: "first" });
    await atBen.ask("events.fetch", { since: 0 });
    atAna.ask("message.send", { clientId: randomUUID(), body: "second" }).catch(() => undefined);
    await atAna.ask("events.fetch", { since: 0 });
    desk.rooms.closeSessions([ana.sessionId]);
    letGo();
    expect(await first).toMatchObject({ ok: true });
    expect(await atBen.ask("message.send", { clientId: randomUUID(), body: "third" })).toMatchObject({ ok: true });
    expect(desk.kept(conversationId)).toEqual(["first", "third"]);
  });

  test("elsewhere is found out within five seconds", async () => {
    const [atAna, atBen] = [await desk.join(conversationId, ana), await desk.join(conversationId, ben)];
    await desk.staff.endAllSessions(ben.person.id, "request");
    await clock.pass(2000);
    expect(await until(() => atBen.closed)).toBe(4501);
    expect(atAna.closed).toBeUndefined();
  });
});

describe("when everybody comes at once", () => {
  test("only so many a second are seated, and each of the others comes again at a time of their own", async () => {
    await desk.close();
    desk = await OpenDesk.open({ clock, rates: { socketsPerPerson: 500, socketsPerAddress: 500 } });
    ({ viewer: ana, conversationId } = await desk.customer("Ana"));
    ben = await desk.colleague("Ben");
    const asked = await Promise.all(
      Array.from({ length: 150 }, () => desk.rooms.seats.conversation(conversationId, ben)),
    );
    const later = asked.filter(isRefusal);
    expect(asked.length - later.length).toBe(100);
    expect(new Set(later.map(({ refused }) => refused))).toEqual(new Set(["unavailable"]));
    const times = later.map(({ retryInMs = 0 }) => retryInMs);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(200);
    expect(Math.max(...times)).toBeLessThanOrEqual(2000);
    expect(new Set(times).size).toBeGreaterThan(25);
    await clock.pass(500);
    expect(isRefusal(await desk.rooms.seats.conversation(conversationId, ana))).toBe(false);
  });
});
