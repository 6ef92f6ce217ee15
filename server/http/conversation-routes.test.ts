import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Ack, Fetched, Paged, Polled } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import { call, signIn, visit, type Member, type Visitor } from "../testing/calls.ts";
import { furnish, type House } from "../testing/memory-ports.ts";
import { runningDesk, type RunningDesk } from "../testing/running-desk.ts";
import { browser, closeCodeOf, seatSocket } from "../testing/seat-socket.ts";

let desk: RunningDesk;
let house: House;
let ben: Member;
let ana: Visitor;
let id: string;

beforeAll(async () => {
  desk = await runningDesk();
  house = await furnish(desk.ports, "Tidewater");
  await furnish(desk.ports, "Elsewhere");
});
afterAll(() => desk.close());
beforeEach(async () => {
  ben = await signIn(desk.url, "ben@tidewater.example");
  ana = await visit(desk.url, house);
  id = await ana.open();
});

const missing = "00000000-0000-4000-8000-00000000dead";
const say = (who: Visitor | Member, body: string, clientId = randomUUID(), conversation = id) =>
  who.ask("POST", `/api/conversations/${conversation}/events`, { type: "message.send", payload: { clientId, body } });
const note = (body: string) =>
  ben.ask("POST", `/api/conversations/${id}/events`, { type: "note.post", payload: { clientId: randomUUID(), body } });
const poll = (who: Visitor | Member, query = "since=0") => who.ask("GET", `/api/conversations/${id}/events?${query}`);

describe("talking without a socket", () => {
  test("[I1] what is acknowledged is told to both, once, in order", async () => {
    const [first, second] = [await say(ana, "Hello"), await say(ben, "Hi Ana")];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.as<Ack>()).toMatchObject({ ok: true, seq: 2 });
    for (const who of [ana, ben]) {
      const { frames, upTo, header } = (await poll(who)).as<Polled>();
      expect(frames.map(({ event }) => event.type)).toEqual([
        "conversation.opened",
        "message.posted",
        "member.joined",
        "message.posted",
      ]);
      expect([upTo, header.head, header.status]).toEqual([4, 4, "open"]);
    }
  });

  test("typing, read and delivered go the same way, checked as over a socket, and not without end", async () => {
    const signal = (who: Visitor | Member, type: string, payload: unknown) =>
      who.ask("POST", `/api/conversations/${id}/events`, { type, payload });
    await say(ana, "Hello");
    await say(ben, "Hi Ana");
    const held = poll(ana, "since=4&wait=5");
    await expect.poll(async () => (await poll(ben)).as<Polled>().header.members[0]?.online).toBe(true);
    expect(await signal(ana, "typing", { on: true })).toMatchObject({ status: 200 });
    expect(await signal(ana, "read", { upTo: 4 })).toMatchObject({ status: 200 });
    const { header } = (await poll(ben)).as<Polled>();
    expect(header.members[0]).toMatchObject({ side: "customer", typing: true, read: 4, delivered: 4 });
    for (const odd of [{ upTo: "4" }, { upTo: -1 }, { upTo: 4, id: "ben" }, {}])
      expect(await signal(ana, "read", odd)).toMatchObject({ status: 400, refused: "invalid_message" });
    const carl = await visit(desk.url, house);
    expect(await signal(carl, "typing", { on: true })).toMatchObject({ status: 404 });
    const statuses = new Set<number>();
    for (let n = 0; n < 105; n++) statuses.add((await signal(ana, "typing", { on: n % 2 === 0 })).status);
    expect([...statuses]).toEqual([200, 429]);
    expect(await say(ana, "Still heard")).toMatchObject({ status: 200 });
    await held;
  });

  test("[CV2] [CV3] said again it is the same message; the same key with another text is refused", async () => {
    const clientId = randomUUID();
    const [first, again] = [await say(ana, "Hello", clientId), await say(ana, "Hello", clientId)];
    expect(again.as<Ack>()).toEqual(first.as<Ack>());
    expect(await say(ana, "Other", clientId)).toMatchObject({ status: 409, refused: "key_reused" });
  });

  test("[N17] [CV7] a customer's answers hold no note, no address and no session", async () => {
    await say(ana, "Hello");
    await note("he is angry");
    const seen = [await poll(ana), await ana.ask("GET", `/api/conversations/${id}/page`)];
    expect(JSON.stringify(seen.map(({ text }) => text))).not.toMatch(/angry|note|ben@|@tidewater/);
    expect((await poll(ben)).text).toContain("angry");
    const { lines } = (await ana.ask("GET", `/api/conversations/${id}/page`)).as<Paged>();
    expect(lines.map(({ kind }) => kind)).toEqual(["opened", "message"]);
  });

  test("a held question is answered as soon as somebody writes", async () => {
    const { upTo } = (await poll(ana)).as<Fetched>();
    const held = poll(ana, `since=${upTo}&wait=20`);
    await say(ben, "Here I am");
    expect((await held).text).toContain("Here I am");
  });

  test("every refusal is a status and a sentence", async () => {
    expect(await say(ana, "  ")).toMatchObject({ status: 422, refused: "empty_message" });
    expect(await say(ana, "x".repeat(limits.messageMaxChars + 1))).toMatchObject({ status: 413, refused: "too_large" });
    expect(await say(ana, "a\0b")).toMatchObject({ status: 422, refused: "unreadable_text" });
    const close = { type: "conversation.close", payload: { clientId: randomUUID() } };
    expect(await ana.ask("POST", `/api/conversations/${id}/events`, close)).toMatchObject({
      status: 403,
      refused: "forbidden",
    });
    expect((await ben.ask("POST", `/api/conversations/${id}/events`, close)).status).toBe(200);
    expect(await say(ana, "Still there?")).toMatchObject({ status: 409, refused: "conversation_closed" });
  });

  test("[N18] [N22] what a person is, numbers and unknown requests in a payload are refused", async () => {
    const clientId = randomUUID();
    const odd = [
      { type: "message.send", payload: { clientId, body: "x", seq: 1 } },
      { type: "message.send", payload: { clientId, body: "x", by: { side: "staff" } } },
      { type: "message.send", payload: { clientId, body: { $ne: "" } } },
      { type: "message.send", payload: [] },
      { type: "constructor", payload: {} },
      { type: "__proto__", payload: {} },
      { type: "toString", payload: {} },
      { type: 7, payload: {} },
      { type: "message.send", payload: { clientId, body: "x" }, role: "admin" },
      [],
      null,
    ];
    for (const body of odd)
      expect(await ana.ask("POST", `/api/conversations/${id}/events`, body)).toMatchObject({
        status: 400,
        refused: "invalid_message",
      });
    expect((await say(ana, "fine")).status).toBe(200);
  });

  test("[N20] numbers in a query are numbers", async () => {
    for (const query of [
      "since=-1",
      "since=1e3",
      "since=1;select pg_sleep(5)",
      "since[]=1",
      "since=1&since=2",
      "wait=21",
      "limit=0",
      "limit=9999",
      "order=id",
      "since=99999999999",
    ])
      expect(await poll(ana, query)).toMatchObject({ status: 400, refused: "invalid_message" });
  });
});

describe("whose conversation it is", () => {
  const routes = (conversation: string): [string, string, unknown?][] => [
    ["POST", `/api/conversations/${conversation}/seat`, {}],
    [
      "POST",
      `/api/conversations/${conversation}/events`,
      { type: "message.send", payload: { clientId: randomUUID(), body: "x" } },
    ],
    ["GET", `/api/conversations/${conversation}/events?since=0`],
    ["GET", `/api/conversations/${conversation}/page`],
  ];

  test("[N12] another customer's conversation and one that does not exist get the same answer on every route", async () => {
    const carl = await visit(desk.url, house);
    for (const [at, [method, path, body]] of routes(id).entries()) {
      const foreign = await carl.ask(method, path, body);
      const [, gone = ""] = routes(missing)[at]!;
      const none = await carl.ask(method, gone, body);
      expect([foreign.status, foreign.text]).toEqual([404, none.text]);
      expect([...foreign.headers.keys()]).toEqual([...none.headers.keys()]);
    }
    expect(desk.ports.memory.conversations.get(id)?.events).toHaveLength(1);
  });

  test("[N13] an agent of another organisation gets the same 404", async () => {
    const stranger = await signIn(desk.url, "ben@elsewhere.example");
    for (const [at, [method, path, body]] of routes(id).entries()) {
      const foreign = await stranger.ask(method, path, body);
      const none = await stranger.ask(method, routes(missing)[at]![1], body);
      expect([foreign.status, foreign.text]).toEqual([404, none.text]);
    }
  });

  test("[I10] one's own conversation in another spelling does not exist, so that it has one room", async () => {
    for (const person of [ana, ben])
      for (const [method, path, body] of routes(id.toUpperCase()))
        expect(await person.ask(method, path, body), path).toMatchObject({ status: 404, refused: "not_found" });
    expect(desk.ports.memory.conversations.get(id)?.epoch).toBe(0);
  });

  test("[N12] malformed ids are ids that do not exist", async () => {
    for (const odd of ["1", "' or 1=1--", "..%2f..", id.slice(0, -1), `${id}0`, "%00"])
      expect(await ana.ask("GET", `/api/conversations/${odd}/page`)).toMatchObject({
        status: 404,
        refused: "not_found",
      });
  });

  test("[N16] a message of another conversation cannot be edited or deleted through one's own", async () => {
    const carl = await visit(desk.url, house);
    const his = await carl.open();
    const said = (await say(carl, "Carl's", randomUUID(), his)).as<Ack>();
    for (const [type, more] of [
      ["message.edit", { body: "mine now" }],
      ["message.delete", {}],
    ] as const) {
      const payload = { clientId: randomUUID(), messageId: said.id, version: 1, ...more };
      const answer = await ana.ask("POST", `/api/conversations/${id}/events`, { type, payload });
      expect(answer).toMatchObject({ status: 404, refused: "not_found" });
    }
    expect((await carl.ask("GET", `/api/conversations/${his}/page`)).text).toContain("Carl's");
  });

  test("[N80] somebody refused leaves one audit entry with who and what", async () => {
    const carl = await visit(desk.url, house);
    const all = () => desk.ports.memory.audit.get(house.orgId) ?? [];
    const entries = () =>
      all()
        .filter(({ outcome }) => outcome === "denied")
        .filter(({ objectId }) => objectId === id);
    await carl.ask("POST", `/api/conversations/${id}/seat`, {});
    await expect.poll(entries).toHaveLength(1);
    expect(entries()[0]).toMatchObject({
      actorId: carl.session.customer.id,
      outcome: "denied",
      action: "conversation.enter",
    });
  });

  test("nobody without a session gets anywhere, and staff need their token to write", async () => {
    for (const [method, path, body] of routes(id)) {
      expect(await call(desk.url, method, path, { body })).toMatchObject({ status: 401, refused: "not_signed_in" });
      const cookieOnly = await call(desk.url, method, path, { body, headers: { cookie: ben.cookie } });
      expect(cookieOnly.status).toBe(method === "GET" ? 200 : 403);
    }
  });

  test("[N25] a bearer token is a customer's even beside a cookie", async () => {
    const carl = await visit(desk.url, house);
    expect(await carl.ask("GET", `/api/conversations/${id}/page`, undefined, { cookie: ben.cookie })).toMatchObject({
      status: 404,
    });
  });
});

describe("a seat", () => {
  const seat = (who: Visitor | Member, headers = {}) =>
    who.ask("POST", `/api/conversations/${id}/seat`, {}, { ...browser, ...headers });

  test("[N4] opens a socket once", async () => {
    const answer = await seat(ana);
    const socket = await seatSocket(desk.url, answer);
    await expect(seatSocket(desk.url, answer)).rejects.toThrow();
    socket.close();
  });

  test("[N26] holds no token: what stands in the socket's address is a ticket", async () => {
    const answer = await seat(ana);
    expect(answer.text).not.toContain(ana.session.token.split(".")[0]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("[N24] a socket from a foreign page is refused before it opens", async () => {
    const own = { ...browser, origin: desk.url };
    for (const origin of ["https://evil.example", "null", `${desk.url}.evil.example`])
      await expect(seatSocket(desk.url, await seat(ana, own), { ...browser, origin })).rejects.toThrow(/403/);
    (await seatSocket(desk.url, await seat(ana, own), own)).close();
  });

  test("[N5] signing out closes the open socket at once, a customer's and staff's", async () => {
    const [hers, his] = [await seatSocket(desk.url, await seat(ana)), await seatSocket(desk.url, await seat(ben))];
    const codes = Promise.all([closeCodeOf(hers), closeCodeOf(his)]);
    await ana.ask("POST", "/api/customers/sign-out", {});
    await ben.ask("POST", "/api/staff/sign-out-everywhere", {});
    expect(await codes).toEqual([4501, 4501]);
  });

  test("[N5] a session that ends elsewhere closes its socket within five seconds", async () => {
    const socket = await seatSocket(desk.url, await seat(ben));
    const code = closeCodeOf(socket);
    desk.ports.memory.staffSessions.clear();
    const began = performance.now();
    expect(await code).toBe(4501);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test("[N14] the workspace's is for staff", async () => {
    expect(await ana.ask("POST", "/api/workspace/seat", {})).toMatchObject({ status: 401 });
    const socket = await seatSocket(desk.url, await ben.ask("POST", "/api/workspace/seat", {}, browser));
    socket.close();
  });

  test("[N76] more than a burst of them has to wait", async () => {
    const statuses = [];
    for (let n = 0; n < 21; n++) statuses.push((await seat(ana)).status);
    expect(statuses.at(-1)).toBe(429);
  });
});
