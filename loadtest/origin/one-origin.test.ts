import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { call, visit } from "#server/testing/calls.ts";
import type { House } from "#server/testing/memory-ports.ts";
import { browser, seatSocket } from "#server/testing/seat-socket.ts";
import { Desk } from "../desk/desk.ts";
import type { DeskNode } from "../desk/node.ts";
import { readCredentials, type Credentials } from "../load/credentials.ts";
import { newAgent } from "../people/agents.ts";
import { newCustomer } from "../people/customers.ts";
import { introduce, type Pair } from "../people/pair.ts";
import { until } from "../people/until.ts";
import { documentedHaproxy, documentedNginx } from "./testing/documented-proxy.ts";

const joins = 40;
let desk: Desk;
let credentials: Credentials;

beforeAll(async () => {
  desk = await Desk.open({ nodes: 2, redis: true, env: { TRUST_PROXY: "1", ROOMDESK_RATE_FACTOR: "100" } });
  await desk.start();
  credentials = readCredentials(join(desk.nodes[0]!.dataFolder, "demo.json"));
}, 120_000);
afterAll(() => desk.close());

const ports = (): [number, number] => [desk.nodes[0]!.port, desk.nodes[1]!.port];
const origins = [
  ["a round-robin TCP balancer", async () => ({ url: desk.balancer.url, close: async () => undefined })],
  ["nginx, as in the manual", () => documentedNginx(ports())],
  ["HAProxy, as in the manual", () => documentedHaproxy(ports())],
] as const;

/** A seat and its socket, asked for once. */
async function join40(url: string): Promise<string[]> {
  const house = { inbox: { key: credentials.inboxKey } } as House; // all that a visit needs of it
  const outcomes = Array.from({ length: joins }, async () => {
    const ana = await visit(url, house);
    const seat = await ana.ask("POST", `/api/conversations/${await ana.open()}/seat`, {}, browser);
    if (seat.status !== 200) return `${seat.status} ${seat.text}`;
    const socket = await seatSocket(url, seat);
    socket.terminate();
    return "joined";
  });
  return Promise.all(outcomes.map((outcome) => outcome.catch(String)));
}

async function talking(url: string): Promise<Pair> {
  const customer = await newCustomer({ desk: url, inboxKey: credentials.inboxKey });
  const agent = await newAgent({ desk: url, account: credentials.users[0]! });
  onTestFinished(() => {
    customer.destroy();
    agent.destroy();
  });
  return introduce(customer, agent);
}

const hears = ({ messages }: Pair["customer"], text: string) =>
  messages.some((line) => "body" in line && line.body === text);

describe.each(origins)("behind %s, any node is an entry", (_name, open) => {
  test(`${joins} joins on one origin: ${joins} succeed`, async () => {
    const origin = await open();
    onTestFinished(() => origin.close());
    const outcomes = await join40(origin.url);
    expect(outcomes).toEqual(Array.from({ length: joins }, () => "joined"));
  });

  test("two people hold a conversation", async () => {
    const origin = await open();
    onTestFinished(() => origin.close());
    const { customer, agent } = await talking(origin.url);
    for (const [one, other, text] of [
      [customer, agent, "my order has not come"],
      [agent, customer, "I will have a look"],
    ] as const) {
      await one.sendMessage(text);
      await until(other, `the other hears: ${text}`, () => hears(other, text));
    }
  });
});

test.each([
  ["nginx", documentedNginx],
  ["HAProxy", documentedHaproxy],
] as const)(
  "[N77] %s says whose address it is, and a client's own word for it is not passed on",
  async (_name, open) => {
    const echo = createServer((req, res) =>
      res.end(JSON.stringify([req.headers["x-forwarded-for"], req.headers.host])),
    );
    await once(echo.listen(0, "127.0.0.1"), "listening");
    const { port } = echo.address() as AddressInfo;
    const origin = await open([port, port]);
    onTestFinished(async () => {
      await origin.close();
      echo.close();
    });
    const answer = await call(origin.url, "GET", "/", { headers: { "x-forwarded-for": "203.0.113.9" } });
    expect(answer.as()).toEqual(["127.0.0.1", new URL(origin.url).host]);
  },
);

test("[I22] the owner is frozen with a message waiting: delivered again within four seconds", async () => {
  const pair = await talking(desk.balancer.url);
  const owner = await ownerOf(pair.conversationId);
  owner.freeze();
  onTestFinished(() => owner.thaw());
  const began = performance.now();
  await pair.customer.sendMessage("is anybody still there?");
  const saved = () =>
    pair.customer.messages.some((line) => "state" in line && line.body?.endsWith("there?") && isSaved(line.state));
  await until(pair.customer, "it is saved", saved);
  expect(performance.now() - began).toBeLessThan(4000);
  await until(pair.agent, "the other hears it", () => hears(pair.agent, "is anybody still there?"));
  expect(performance.now() - began).toBeLessThan(12_000);
}, 60_000);

const isSaved = (state: string | null): boolean => state !== null && ["saved", "delivered", "read"].includes(state);

async function ownerOf(conversationId: string): Promise<DeskNode> {
  const client = new pg.Client({ connectionString: desk.postgres.url });
  await client.connect();
  onTestFinished(() => client.end());
  const { rows } = await client.query<{ address: string }>(
    "select address from roomdesk.nodes where id = roomdesk.owner_of($1)",
    [conversationId],
  );
  return desk.nodes.find(({ url }) => url === rows[0]?.address)!;
}
