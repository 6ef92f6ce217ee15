import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { call, visit } from "../testing/calls.ts";
import { httpDesk, type HttpDesk } from "../testing/http-desk.ts";
import { furnish, memoryPorts, type House } from "../testing/memory-ports.ts";

let desk: HttpDesk;
let house: House;
let guarded: House;
const shopOrigin = "https://shop.example";

beforeEach(async () => {
  const ports = memoryPorts();
  house = await furnish(ports, "Tidewater");
  guarded = await furnish(ports, "Guarded", [shopOrigin]);
  desk = await httpDesk({ ports });
  return () => desk.close();
});

const openSession = (body: object, headers?: Record<string, string>) =>
  call(desk.url, "POST", "/api/customers/session", { body, ...(headers && { headers }) });
const fresh = () => ({ inboxKey: house.inbox.key, deviceId: randomUUID() });
describe("an anonymous session", () => {
  test("starts without asking anything and is known again by its token", async () => {
    const ana = await visit(desk.url, house);
    expect(ana.session).toMatchObject({
      customer: { name: "Visitor", verified: false },
      inbox: { organisation: "Tidewater" },
    });
    const id = await ana.open();
    const again = await visit(desk.url, house, { token: ana.session.token, deviceId: ana.deviceId });
    expect(again.session).toMatchObject({
      token: ana.session.token,
      customer: ana.session.customer,
      conversations: [{ id }],
    });
  });

  test("[N26] its token is kept as a hash only, and works in no URL", async () => {
    const { session, deviceId } = await visit(desk.url, house);
    expect(JSON.stringify([...desk.ports.memory.customerSessions])).not.toContain(session.token.split(".")[0]);
    const headers = { "x-roomdesk-device": deviceId };
    for (const query of [`token=${session.token}`, `authorization=Bearer ${session.token}`])
      expect(
        await call(desk.url, "POST", `/api/conversations?${query}`, { body: { clientId: randomUUID() }, headers }),
      ).toMatchObject({ status: 401 });
    expect(desk.logged.join("\n")).not.toContain(session.token);
  });

  test("[N75] its token is worth nothing on another device", async () => {
    const { session } = await visit(desk.url, house);
    expect(await openSession({ ...fresh(), token: session.token })).toMatchObject({
      status: 401,
      refused: "not_signed_in",
    });
    const headers = { authorization: `Bearer ${session.token}`, "x-roomdesk-device": randomUUID() };
    expect(await call(desk.url, "POST", "/api/customers/sign-out", { body: {}, headers })).toMatchObject({
      status: 401,
    });
  });

  test("a token of one inbox does not open another", async () => {
    const { session, deviceId } = await visit(desk.url, house);
    const elsewhere = { inboxKey: guarded.inbox.key, deviceId, token: session.token };
    expect(await openSession(elsewhere)).toMatchObject({ status: 401, refused: "not_signed_in" });
    const forged = `${session.token.split(".")[0]}.${guarded.inbox.key}`;
    expect(await openSession({ ...elsewhere, token: forged })).toMatchObject({ status: 401 });
  });

  test("signing out ends it and closes its sockets", async () => {
    const ana = await visit(desk.url, house);
    const [id] = desk.ports.memory.customerSessions.keys();
    expect((await ana.ask("POST", "/api/customers/sign-out", {})).status).toBe(204);
    expect(desk.told.closed).toEqual([id]);
    expect(await ana.ask("POST", "/api/conversations", { clientId: randomUUID() })).toMatchObject({ status: 401 });
    const resumed = { ...fresh(), deviceId: ana.deviceId, token: ana.session.token };
    expect(await openSession(resumed)).toMatchObject({ status: 401, refused: "not_signed_in" });
  });

  test("an unknown inbox is refused in words", async () => {
    expect(await openSession({ ...fresh(), inboxKey: "nobody" })).toMatchObject({
      status: 404,
      refused: "unknown_inbox",
    });
  });

  test("[N22] [N18] wrong types and additions in any field are refused, and the desk lives on", async () => {
    const odd = [null, 7, true, {}, [], [[]], { $gt: "" }, "\0", "\ud800", "x".repeat(5000)];
    for (const field of ["inboxKey", "deviceId", "token", "identity"])
      for (const value of odd) {
        const { status } = await openSession({ ...fresh(), [field]: value });
        expect({ field, value, ok: [400, 401, 404].includes(status) }).toEqual({ field, value, ok: true });
      }
    for (const extra of ["customerId", "orgId", "verified", "role", "constructor"])
      expect(await openSession({ ...fresh(), [extra]: "x" })).toMatchObject({
        status: 400,
        refused: "invalid_message",
      });
    const proto = `{"inboxKey":"${house.inbox.key}","deviceId":"${randomUUID()}","__proto__":{"verified":true}}`;
    expect((await call(desk.url, "POST", "/api/customers/session", { raw: proto })).text).not.toContain("true");
    expect(await openSession(fresh())).toMatchObject({ status: 200 });
  });

  test("[N76] too many from one address have to wait", async () => {
    const statuses = new Set<number>();
    for (let n = 0; n < 125; n++) statuses.add((await openSession(fresh())).status);
    expect([...statuses]).toEqual([200, 429]);
  });
});

describe("pages of other sites", () => {
  const from = (origin: string) => ({ origin });
  const guardedBody = () => ({ inboxKey: guarded.inbox.key, deviceId: randomUUID() });

  test("[N25] an inbox with a list answers pages of these origins and no others, whatever they are called", async () => {
    const allowed = await openSession(guardedBody(), from(shopOrigin));
    expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
    for (const origin of [
      "https://evil.example",
      "null",
      `${shopOrigin}.evil.example`,
      "http://shop.example",
      "https://shop.example:444",
    ]) {
      const answer = await openSession(guardedBody(), from(origin));
      expect([origin, answer.status, answer.refused]).toEqual([origin, 403, "foreign_origin"]);
      expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  test("[N25] the list holds for the token as well", async () => {
    const ana = await visit(desk.url, guarded);
    const foreign = await ana.ask(
      "POST",
      "/api/conversations",
      { clientId: randomUUID() },
      from("https://evil.example"),
    );
    expect(foreign).toMatchObject({ status: 403, refused: "foreign_origin" });
    expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
    expect((await ana.ask("POST", "/api/conversations", { clientId: randomUUID() }, from(shopOrigin))).status).toBe(
      201,
    );
  });

  test("[N25] credentials are never allowed, no origin is reflected, and staff's routes are for our pages only", async () => {
    const asks = [
      "/api/customers/session",
      "/api/conversations",
      "/api/staff/sign-in",
      "/api/setup",
      "/api/workspace/seat",
      "/matchmake/joinOrCreate/conversation",
    ];
    for (const path of asks)
      for (const method of ["OPTIONS", "POST"]) {
        const { headers } = await call(desk.url, method, path, {
          headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
        });
        expect([path, headers.get("access-control-allow-credentials")]).toEqual([path, null]);
        const isShared = path.startsWith("/api/c");
        expect([path, headers.get("access-control-allow-origin")]).toEqual([path, isShared ? "*" : null]);
      }
  });

  test("[N14] the public matchmaking door is shut", async () => {
    for (const method of ["GET", "POST"])
      for (const path of [
        "/matchmake",
        "/matchmake/joinOrCreate/conversation",
        "/matchmake/joinById/workspace",
        "/monitor",
        "/playground",
        "/__healthcheck",
      ])
        expect(await call(desk.url, method, path)).toMatchObject({ status: 404 });
  });
});

describe("opening a conversation", () => {
  test("is done once for one clientId", async () => {
    const ana = await visit(desk.url, house);
    const asked = { clientId: randomUUID(), page: { url: "https://shop.example/mug", title: "Mug" } };
    const [first, again] = [
      await ana.ask("POST", "/api/conversations", asked),
      await ana.ask("POST", "/api/conversations", asked),
    ];
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.as()).toEqual(first.as());
    expect(desk.told.changed).toEqual([house.orgId]);
  });

  test("is for customers: staff and nobody are refused", async () => {
    expect(await call(desk.url, "POST", "/api/conversations", { body: { clientId: randomUUID() } })).toMatchObject({
      status: 401,
    });
  });

  test("[N18] takes neither a customer nor a number nor a state from outside", async () => {
    const ana = await visit(desk.url, house);
    for (const extra of ["customerId", "orgId", "seq", "epoch", "status", "author", "at"])
      expect(await ana.ask("POST", "/api/conversations", { clientId: randomUUID(), [extra]: 1 })).toMatchObject({
        status: 400,
      });
  });
});
