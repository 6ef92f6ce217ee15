import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connect } from "#db/open/connect.ts";
import { freshDatabase, type FreshDatabase } from "#db/testing/fresh-database.ts";
import { call, signIn, visit, type Called, type Visitor } from "./testing/calls.ts";
import type { House } from "./testing/memory-ports.ts";
import { startNodes, type NodeProcess, type Shared } from "./testing/node-process.ts";
import { RedisProcess } from "#rooms/testing/redis-process.ts";
import { browser, closeCodeOf, seatSocket } from "./testing/seat-socket.ts";

const minutes = 60_000;
const patience = { timeout: 15_000, interval: 100 };
type Seat = { readonly processId: string; readonly roomId: string };

let database: FreshDatabase;
let redis: RedisProcess;
let nodes: NodeProcess[];
let entry: NodeProcess;
let ana: Visitor;
/** Which node calls itself how. */
const ids = new Map<string, NodeProcess>();

beforeAll(async () => {
  [database, redis] = await Promise.all([freshDatabase(), RedisProcess.start()]);
  const settings = { ROOMDESK_RATE_FACTOR: "1000" };
  const shared: Shared = { databaseUrl: database.adminUrl, redisUrl: redis.url, secret: database.secret, settings };
  nodes = await startNodes(3, shared);
  entry = nodes[0]!;
  const house = { inbox: { key: entry.demo().inboxes[0]!.key } } as House; // all that a visit needs of it
  ana = await visit(entry.url, house);
  await vi.waitFor(isSettled, { timeout: 10_000, interval: 100 });
  for (const { id, address } of await rows<{ id: string; address: string }>("select id, address from roomdesk.nodes"))
    ids.set(
      id,
      nodes.find(({ url }) => new URL(url).port === new URL(address).port)!,
    );
}, 3 * minutes);
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.kill()));
  await redis.kill();
  await database.close();
});

/** Redis is believed only when it has known everybody for some seconds. */
async function isSettled(): Promise<void> {
  expect(Date.now() - Number(await redis.ask("GET roomdesk:born"))).toBeGreaterThan(4000);
}

async function rows<T extends object>(query: string): Promise<T[]> {
  await using admin = await connect(database.adminUrl);
  return (await admin.query<T>(query)).rows;
}

const asAna = () => ({
  authorization: `Bearer ${ana.session.token}`,
  "x-roomdesk-device": ana.deviceId,
  ...browser,
});
const ask = (node: NodeProcess, id: string): Promise<Called> =>
  call(node.url, "POST", `/api/conversations/${id}/seat`, { body: {}, headers: asAna() });

/** A seat as clients get one: where they are told to come again, they do. */
async function seat(node: NodeProcess, id: string): Promise<Seat & { answer: Called }> {
  for (let tries = 1; ; tries++) {
    const answer = await ask(node, id);
    if (answer.status === 200) return { ...answer.as<{ seat: Seat }>().seat, answer };
    if (answer.status !== 503 || tries === 50) throw new Error(`${answer.status} ${answer.text}`);
    await delay(answer.as<{ retryInMs?: number }>().retryInMs ?? 100);
  }
}
const ownerOf = async (id: string, asked = entry) => (await seat(asked, id)).processId;
/** Whose it is, once all nodes say the same: at once where there is time to answer, and after some seconds where not. */
async function agreed(id: string): Promise<string> {
  return vi.waitFor(async () => {
    const owners = await Promise.all(nodes.map((node) => ownerOf(id, node)));
    expect(new Set(owners).size).toBe(1);
    return owners[0]!;
  }, patience);
}
const listed = async (id: string) => /"processId":"([^"]+)"/.exec(await redis.ask(`HGET roomcaches ${id}`))?.[1];
const epochOf = async (id: string) =>
  (await rows<{ epoch: number }>(`select epoch from roomdesk.chat_sessions where id = '${id}'`))[0]!.epoch;
const say = (node: NodeProcess, id: string, body: string) => {
  const payload = { clientId: crypto.randomUUID(), body };
  const path = `/api/conversations/${id}/events`;
  return call(node.url, "POST", path, { body: { type: "message.send", payload }, headers: asAna() });
};

/** A conversation whose room is at this node, with a word said in it. */
async function conversationAt(node: NodeProcess): Promise<string> {
  for (;;) {
    const id = await ana.open();
    if (ids.get(await ownerOf(id)) !== node) continue;
    expect(await say(entry, id, "hello")).toMatchObject({ status: 200 });
    return id;
  }
}

test("nodes started at once on one empty desk all come up, with the same sign-ins", async () => {
  const demos = nodes.map((node) => node.demo());
  for (const demo of demos) expect(demo.users).toEqual(demos[0]!.users);
  const { email, password } = demos[0]!.users[0]!;
  for (const node of nodes) expect((await signIn(node.url, email, password)).session.user.email).toBe(email);
});

test(
  "[I10] 200 asks at once for 20 conversations over all nodes: one place each, and not all at one node",
  async () => {
    const opened = await Promise.all(Array.from({ length: 20 }, () => ana.open()));
    const asks = opened.flatMap((id) => Array.from({ length: 10 }, (_, n) => ({ id, node: nodes[n % nodes.length]! })));
    await Promise.all(asks.map(({ id, node }) => seat(node, id)));
    const places = await Promise.all(opened.map(agreed));
    expect(new Set(places).size).toBeGreaterThan(1);
    for (const id of opened) await vi.waitFor(async () => expect(await listed(id)).toBe(await ownerOf(id)), patience);
  },
  minutes,
);

describe("Redis", () => {
  test("emptied, open conversations stay where they are, and are listed again", async () => {
    const id = await conversationAt(nodes[1]!);
    const [owner, epoch] = [await ownerOf(id), await epochOf(id)];
    await redis.ask("FLUSHALL");
    expect(await ownerOf(id)).toBe(owner);
    await expect.poll(() => listed(id), { timeout: 10_000 }).toBe(owner);
    expect(await epochOf(id)).toBe(epoch);
  });

  test("gone, conversations are found by the database, new ones too; back and empty, nothing moves", async () => {
    const id = await conversationAt(nodes[1]!);
    const [owner, epoch] = [await ownerOf(id), await epochOf(id)];
    await redis.kill();
    expect(await say(entry, id, "without Redis")).toMatchObject({ status: 200 });
    expect(await ownerOf(id)).toBe(owner);
    const opened = await ana.open();
    expect(await say(nodes[2]!, opened, "made without Redis")).toMatchObject({ status: 200 });
    const place = await agreed(opened);
    await redis.start();
    expect(await agreed(id)).toBe(owner);
    await expect
      .poll(async () => [await listed(id), await listed(opened)], { timeout: 10_000 })
      .toEqual([owner, place]);
    expect(await epochOf(id)).toBe(epoch);
  });
});

test("Redis frozen, nothing waits for it for long", async () => {
  const id = await conversationAt(nodes[1]!);
  const owner = await ownerOf(id);
  redis.freeze();
  try {
    const began = performance.now();
    expect(await say(entry, id, "while Redis stands still")).toMatchObject({ status: 200 });
    expect(await ownerOf(id)).toBe(owner);
    const opened = await ana.open();
    expect(await say(nodes[2]!, opened, "made meanwhile")).toMatchObject({ status: 200 });
    expect(performance.now() - began).toBeLessThan(5000);
  } finally {
    redis.thaw();
  }
  expect(await ownerOf(id)).toBe(owner);
});

describe("an owner that", () => {
  test("[I11] [I12] freezes is left, and on waking is fenced, tells nobody, and leaves the winner's listing", async () => {
    const id = await conversationAt(nodes[1]!);
    const [owner, epoch] = [await ownerOf(id), await epochOf(id)];
    const socket = await seatSocket(entry.url, (await seat(entry, id)).answer);
    nodes[1]!.freeze();
    const began = performance.now();
    const winner = await ownerOf(id);
    expect(performance.now() - began).toBeLessThan(4000);
    expect(winner).not.toBe(owner);
    expect(await say(entry, id, "told by the winner")).toMatchObject({ status: 200 });
    expect(await epochOf(id)).toBe(epoch + 1);
    const told: string[] = [];
    socket.on("message", (bytes: Buffer) => told.push(bytes.toString("latin1")));
    const closed = closeCodeOf(socket);
    nodes[1]!.thaw();
    expect([1006, 4010]).toContain(await closed); // by its own node, or by the entry that had given it up
    expect(told.join("")).not.toContain("told by the winner");
    expect(await agreed(id)).toBe(winner);
    expect(await listed(id)).toBe(winner);
    expect(await epochOf(id)).toBe(epoch + 1);
  });

  test("is killed is replaced within a second", async () => {
    const id = await conversationAt(nodes[1]!);
    await nodes[1]!.end("SIGKILL");
    const began = performance.now();
    const winner = await ownerOf(id);
    const tookMs = performance.now() - began;
    expect(ids.get(winner)).not.toBe(nodes[1]);
    expect(await say(entry, id, "goes on")).toMatchObject({ status: 200 });
    expect(tookMs).toBeLessThan(1000);
  });

  test("[drain] is told to go gives its conversations up and is followed, within fifteen seconds", async () => {
    const leaving = nodes[2]!;
    const id = await conversationAt(leaving);
    const socket = await seatSocket(entry.url, (await seat(entry, id)).answer);
    const closed = closeCodeOf(socket);
    const began = performance.now();
    const ended = leaving.end("SIGTERM");
    expect(await closed).toBe(4011);
    const left = performance.now();
    expect(ids.get(await ownerOf(id))).toBe(entry);
    expect(performance.now() - left).toBeLessThan(1000);
    expect(await say(entry, id, "goes on")).toMatchObject({ status: 200 });
    expect(await ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});
