import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshDatabase, type FreshDatabase } from "#db/testing/fresh-database.ts";
import { call, signIn, visit, type Visitor } from "./testing/calls.ts";
import type { House } from "./testing/memory-ports.ts";
import { NodeProcess, startNodes, type Shared } from "./testing/node-process.ts";
import { RedisProcess } from "./testing/redis-process.ts";
import { browser } from "./testing/seat-socket.ts";

const minutes = 60_000;
type Seat = { readonly processId: string; readonly roomId: string };

let database: FreshDatabase;
let redis: RedisProcess;
let shared: Shared;
let nodes: NodeProcess[];

beforeAll(async () => {
  [database, redis] = await Promise.all([freshDatabase(), RedisProcess.start()]);
  const settings = { ROOMDESK_RATE_FACTOR: "1000" };
  shared = { databaseUrl: database.adminUrl, redisUrl: redis.url, secret: database.secret, settings };
  nodes = await startNodes(2, shared);
}, 2 * minutes);
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.kill()));
  await redis.kill();
  await database.close();
});

const house = () => ({ inbox: { key: nodes[0]!.demo().inboxes[0]!.key } }) as House; // all that a visit needs of it
const at = (node: NodeProcess, visitor: Visitor, id: string) =>
  call(node.url, "POST", `/api/conversations/${id}/seat`, {
    body: {},
    headers: {
      authorization: `Bearer ${visitor.session.token}`,
      "x-roomdesk-device": visitor.deviceId,
      ...browser,
    },
  });
const seatAt = async (node: NodeProcess, visitor: Visitor, id: string): Promise<Seat> => {
  const answer = await at(node, visitor, id);
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  return answer.as<{ seat: Seat }>().seat;
};

test("two nodes started at once on one empty desk both come up, with the same sign-ins", async () => {
  const [one, other] = nodes.map((node) => node.demo());
  expect(other!.users).toEqual(one!.users);
  const { email, password } = one!.users[0]!;
  for (const node of nodes) expect((await signIn(node.url, email, password)).session.user.email).toBe(email);
});

describe("where rooms are", () => {
  test("[I10] 200 asks at once for 20 conversations over two nodes: one place each, and both have some", async () => {
    const ana = await visit(nodes[0]!.url, house());
    const ids = await Promise.all(Array.from({ length: 20 }, () => ana.open()));
    const asks = ids.flatMap((id) => Array.from({ length: 10 }, (_, n) => ({ id, node: nodes[n % 2]! })));
    const seats = await Promise.all(asks.map(({ id, node }) => seatAt(node, ana, id)));
    const places = new Map(ids.map((id) => [id, new Set<string>()]));
    for (const { roomId, processId } of seats) places.get(roomId)!.add(processId);
    for (const [id, where] of places) expect([id, where.size]).toEqual([id, 1]);
    expect(new Set([...places.values()].flatMap((where) => [...where])).size).toBe(2);
  });
});
