import { SignJWT, UnsecuredJWT, exportPKCS8, generateKeyPair, importPKCS8 } from "jose";
import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import type { CustomerSession } from "#protocol/people.ts";
import { call, visit } from "../testing/calls.ts";
import { httpDesk, type HttpDesk } from "../testing/http-desk.ts";
import { furnish, memoryPorts, type House } from "../testing/memory-ports.ts";

let desk: HttpDesk;
let house: House;
let guarded: House;

beforeEach(async () => {
  const ports = memoryPorts();
  house = await furnish(ports, "Tidewater");
  guarded = await furnish(ports, "Guarded");
  desk = await httpDesk({ ports });
  return () => desk.close();
});

const openSession = (body: object, headers?: Record<string, string>) =>
  call(desk.url, "POST", "/api/customers/session", { body, ...(headers && { headers }) });
const fresh = () => ({ inboxKey: house.inbox.key, deviceId: randomUUID() });
const nowSeconds = () => Math.floor(Date.now() / 1000);
type Claims = {
  sub?: string;
  aud?: string;
  exp?: number;
  nbf?: number;
  jti?: string | null;
  name?: string;
  email?: string;
};

function identityOf({ jti, ...claims }: Claims = {}, secret = house.inbox.identitySecret!, alg = "HS256", header = {}) {
  const usual = { sub: "nora", aud: house.inbox.key, exp: nowSeconds() + 60, name: "Nora Lindqvist" };
  const payload = { ...usual, ...claims, ...(jti !== null && { jti: jti ?? randomUUID() }) };
  return new SignJWT(payload).setProtectedHeader({ alg, ...header }).sign(new TextEncoder().encode(secret));
}

test("an identity makes the customer known, with the earlier conversations of both", async () => {
  const before = await visit(desk.url, house);
  const mine = await before.open();
  const known = await openSession({
    ...fresh(),
    deviceId: before.deviceId,
    token: before.session.token,
    identity: await identityOf(),
  });
  expect(known.as<CustomerSession>()).toMatchObject({
    customer: { name: "Nora Lindqvist", verified: true },
    conversations: [{ id: mine }],
  });
  const phone = await visit(desk.url, house);
  const other = await phone.open();
  const joined = await openSession({
    ...fresh(),
    deviceId: phone.deviceId,
    token: phone.session.token,
    identity: await identityOf(),
  });
  const { conversations } = joined.as<CustomerSession>();
  expect(conversations.map(({ id }) => id).sort()).toEqual([mine, other].sort());
  expect(desk.told.renewed).toContain(other);
  expect(desk.told.changed.at(-1)).toBe(house.orgId);
});

test("[N6] whatever is wrong with it: 401 with the same words, no session and no anonymous customer instead", async () => {
  const { inbox } = house;
  const past = nowSeconds() - 60;
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const rsa = await importPKCS8(await exportPKCS8(privateKey), "RS256");
  const claims = { sub: "nora", aud: inbox.key, jti: randomUUID(), exp: nowSeconds() + 60 };
  const forged = {
    "alg none": new UnsecuredJWT(claims).encode(),
    "alg none in capitals": new UnsecuredJWT(claims)
      .encode()
      .replace(/^[^.]+/, Buffer.from('{"alg":"NoNe"}').toString("base64url")),
    RS256: await new SignJWT(claims).setProtectedHeader({ alg: "RS256" }).sign(rsa),
    "HS512 with the right secret": await identityOf({}, inbox.identitySecret!, "HS512"),
    "another secret": await identityOf({}, "another-secret-of-32-characters-or-more"),
    "another inbox's": await identityOf({ aud: guarded.inbox.key }, guarded.inbox.identitySecret!),
    "another audience": await identityOf({ aud: guarded.inbox.key }),
    "no audience": await identityOf({ aud: undefined as never }),
    "run out": await identityOf({ exp: past }),
    "not yet valid": await identityOf({ nbf: nowSeconds() + 120 }),
    "living too long": await identityOf({ exp: nowSeconds() + 3600 }),
    "no end": await identityOf({ exp: undefined as never }),
    "no number of its own": await identityOf({ jti: null }),
    "no subject": await identityOf({ sub: undefined as never }),
    "an object for a subject": await identityOf({ sub: {} as never }),
    cut: (await identityOf()).slice(0, -3),
    "no token at all": "x",
  };
  const customers = desk.ports.memory.customers.size;
  for (const [what, identity] of Object.entries(forged)) {
    const answer = await openSession({ ...fresh(), identity });
    expect({ what, status: answer.status, refused: answer.refused }).toEqual({
      what,
      status: 401,
      refused: "bad_identity",
    });
  }
  expect(desk.ports.memory.customers.size).toBe(customers);
});

test("[N6] the key it names is not looked for: only the inbox's secret counts", async () => {
  const header = { kid: "../../../../dev/null", jku: "https://evil.example/keys", jwk: { kty: "oct", k: "AA" } };
  const right = await identityOf({}, house.inbox.identitySecret!, "HS256", header);
  expect(await openSession({ ...fresh(), identity: right })).toMatchObject({ status: 200 });
  const empty = await identityOf({}, "\0".repeat(32), "HS256", header);
  expect(await openSession({ ...fresh(), identity: empty })).toMatchObject({ status: 401 });
});

test("[N6] it works once", async () => {
  const identity = await identityOf();
  expect(await openSession({ ...fresh(), identity })).toMatchObject({ status: 200 });
  expect(await openSession({ ...fresh(), identity })).toMatchObject({ status: 401, refused: "bad_identity" });
});

test("[N6] with a dead token it is not used up: the device asks again without the token", async () => {
  const identity = await identityOf();
  expect(await openSession({ ...fresh(), token: "dead.tidewater-key", identity })).toMatchObject({
    refused: "not_signed_in",
  });
  expect(await openSession({ ...fresh(), identity })).toMatchObject({ status: 200 });
});

test("[N7] whoever only says who they are stays an anonymous visitor and sees nothing of that person", async () => {
  const nora = await visit(desk.url, house, { identity: await identityOf({ email: "nora@lindqvist.example" }) });
  await nora.open();
  for (const claim of [{ customerId: nora.session.customer.id }, { email: "nora@lindqvist.example" }, { sub: "nora" }])
    expect(await openSession({ ...fresh(), ...claim })).toMatchObject({ status: 400 });
  const stranger = await visit(desk.url, house);
  expect(stranger.session).toMatchObject({ customer: { verified: false }, conversations: [] });
});

test("[N8] two people with the same address are two customers", async () => {
  const [one, other] = [
    await identityOf({ sub: "a", email: "same@x.example" }),
    await identityOf({ sub: "b", email: "same@x.example" }),
  ];
  const [first, second] = [
    await visit(desk.url, house, { identity: one }),
    await visit(desk.url, house, { identity: other }),
  ];
  expect(first.session.customer.id).not.toBe(second.session.customer.id);
});

test("[N8] another identity on the same device is another customer, and the first one's sockets close", async () => {
  const first = await visit(desk.url, house, { identity: await identityOf({ sub: "a" }) });
  const hers = await first.open();
  const [session] = desk.ports.memory.customerSessions.keys();
  const { token } = first.session;
  const second = await visit(desk.url, house, {
    token,
    deviceId: first.deviceId,
    identity: await identityOf({ sub: "b" }),
  });
  expect(second.session.conversations).toEqual([]);
  expect(desk.told.closed).toEqual([session]);
  expect(await second.ask("GET", `/api/conversations/${hers}/page`)).toMatchObject({ status: 404 });
});
