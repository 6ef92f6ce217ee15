import { initializeRoomCache, matchMaker, type IRoomCache } from "@colyseus/core";
import { RedisDriver } from "@colyseus/redis-driver";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { Unavailable } from "#core/ports/conversation-log.ts";
import { memoryNodeRegistry } from "#core/memory/node-registry.ts";
import { isRefusal } from "#protocol/refusals.ts";
import { systemClock } from "../node/clock.ts";
import { OpenDesk } from "../testing/open-desk.ts";
import { RedisProcess } from "../testing/redis-process.ts";
import { ActorDriver } from "./actor-driver.ts";
import { RedisLink } from "./redis-link.ts";
import { Signs } from "./signs.ts";

let redis: RedisProcess;
let links: RedisLink[];
let mine: ActorDriver;
let theirs: ActorDriver;
let signs: Signs;

beforeAll(async () => {
  redis = await RedisProcess.start();
});
afterAll(() => redis.kill());
beforeEach(async () => {
  await redis.ask("FLUSHALL");
  links = [1, 2].map(() => new RedisLink(redis.url, systemClock, () => undefined));
  [mine, theirs] = [new ActorDriver(links[0]!.redis, "mine"), new ActorDriver(links[1]!.redis, "theirs")];
  signs = new Signs(links[1]!, "theirs");
  await vi.waitFor(() => expect(links.map((link) => link.goodForMs !== undefined)).toEqual([true, true]));
});
afterEach(() => links.forEach((link) => link.close()));

const room = (roomId: string): IRoomCache =>
  initializeRoomCache({ roomId, name: "conversation", processId: "Colyseus'" });
const listedAt = async (id: string) => (await mine.listedAt([id]))[0];

describe("the table of rooms", () => {
  test("is the one Colyseus' own driver reads, under its key", async () => {
    await mine.insert(room("talk"));
    expect(await redis.ask("HEXISTS roomcaches talk")).toBe(":1");
    const stock = new RedisDriver(links[0]!.redis);
    expect(await stock.findOne({ roomId: "talk" })).toMatchObject({ roomId: "talk", processId: "mine" });
    await stock.persist({ ...room("other"), processId: "elsewhere" });
    expect(await listedAt("other")).toBe("elsewhere");
  });

  test("[I10] takes the first of two rooms of one name, of however many that come at once", async () => {
    const both = Array.from({ length: 100 }, (_, n) => (n % 2 ? mine : theirs).insert(room("talk")));
    const won = await Promise.all(both);
    const isMine = (await listedAt("talk")) === "mine";
    expect(won).toEqual(won.map((_, n) => (n % 2 === 1) === isMine)); // a listing of our own is ours again
  });

  test("lets nobody write or remove another's listing", async () => {
    await theirs.insert(room("talk"));
    expect([await mine.persist(room("talk")), await mine.remove("talk")]).toEqual([false, false]);
    expect(await listedAt("talk")).toBe("theirs");
    expect(await theirs.remove("talk")).toBe(true);
    expect(await mine.persist(room("talk"))).toBe(true);
  });

  test("costs a join nothing: its counts are for nobody", async () => {
    const listing = room("talk");
    await mine.insert(listing);
    const before = await redis.ask("HGET roomcaches talk");
    expect(await mine.update(listing, { $inc: { clients: 1 }, $set: { locked: true } })).toBe(true);
    expect(listing).toMatchObject({ clients: 1, locked: true });
    expect(await redis.ask("HGET roomcaches talk")).toBe(before);
  });

  test("loses with a sweep what the dead have left, and nothing else", async () => {
    const names = Array.from({ length: 1200 }, (_, n) => `talk-${n}`);
    await Promise.all(names.map((name, n) => (n % 2 ? mine : theirs).insert(room(name))));
    await mine.sweep((nodeId) => nodeId === "theirs");
    const left = await mine.listedAt(names);
    expect(left).toEqual(names.map((_, n) => (n % 2 ? "mine" : undefined)));
  });

  test("is done without while Redis is away, and nothing is a fault", async () => {
    await redis.kill();
    try {
      expect(await mine.insert(room("talk"))).toBe(true);
      expect([await mine.persist(room("talk")), await mine.remove("talk")]).toEqual([false, false]);
      await expect(mine.findOne({ roomId: "talk" })).rejects.toThrow(Unavailable);
      await expect(mine.listedAt(["talk"])).rejects.toThrow();
    } finally {
      await redis.start();
    }
    await vi.waitFor(async () => expect(await mine.persist(room("talk"))).toBe(true), { timeout: 5000 });
  });
});

describe("Colyseus' matchmaker over it", () => {
  let desk: OpenDesk;
  beforeEach(async () => {
    const shared = { redisUrl: redis.url, registry: memoryNodeRegistry({ now: Date.now, conversations: new Map() }) };
    desk = await OpenDesk.open({ shared });
    await desk.rooms.join(desk.url);
  });
  afterEach(() => desk.close());
  const living = async () => (await matchMaker.query({})).filter(({ processId }) => processId === "node-1");

  test("turns the second of two rooms away, and that one leaves no trace", async () => {
    const { viewer, conversationId } = await desk.customer("Ana");
    await theirs.insert(room(conversationId));
    const given = setInterval(() => void signs.give("up"), 100);
    await vi.waitFor(async () => expect((await signs.look("", ["theirs"])).alive.has("theirs")).toBe(true), {
      timeout: 10_000,
      interval: 100,
    });
    await vi.waitFor(async () => {
      const answer = await desk.rooms.seats.conversation(conversationId, viewer);
      expect(answer).toEqual({ refused: "moved", retryInMs: 100 });
    });
    expect(matchMaker.getLocalRoomById(conversationId)).toBeUndefined();
    expect(desk.memory.conversations.get(conversationId)?.epoch).toBe(0);
    expect(await living()).toEqual([]);
    expect(await listedAt(conversationId)).toBe("theirs");
    clearInterval(given);
    await vi.waitFor(
      async () => expect(isRefusal(await desk.rooms.seats.conversation(conversationId, viewer))).toBe(false),
      {
        timeout: 5000,
        interval: 200,
      },
    );
    expect(await listedAt(conversationId)).toBe("node-1");
  });

  test("[I10] a room that was overtaken leaves the other's listing when it ends", async () => {
    const { viewer, conversationId } = await desk.customer("Ana");
    const seated = await desk.join(conversationId, viewer);
    await mine.unlist(conversationId, "node-1");
    await theirs.insert(room(conversationId));
    await desk.log.claim(conversationId, "theirs");
    await vi.waitFor(() => expect(seated.closed).toBe(4010), { timeout: 5000 });
    await vi.waitFor(() => expect(matchMaker.getLocalRoomById(conversationId)).toBeUndefined());
    expect(await listedAt(conversationId)).toBe("theirs");
  });

  test("lists a living room again that Redis has forgotten, and gives the listing back with the room", async () => {
    const { viewer, conversationId } = await desk.customer("Ana");
    const seated = await desk.join(conversationId, viewer);
    await redis.ask("FLUSHALL");
    await vi.waitFor(async () => expect(await listedAt(conversationId)).toBe("node-1"), { timeout: 5000 });
    expect(seated.closed).toBeUndefined();
    await desk.rooms.drain({ withinMs: 5000 });
    expect(await listedAt(conversationId)).toBeUndefined();
  });
});
