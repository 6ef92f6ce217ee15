import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { systemClock, type Clock } from "../node/clock.ts";
import { RedisProcess } from "../testing/redis-process.ts";
import { RedisAway, RedisLink } from "./redis-link.ts";
import { Signs } from "./signs.ts";

let redis: RedisProcess;
let links: RedisLink[];
let mine: Signs;
let theirs: Signs;
let news: string[];
/** Hours after it began, so that connections count as settled at once. */
let ahead: number;
const clock: Clock = { ...systemClock, monotonic: () => performance.now() + ahead };

beforeAll(async () => {
  redis = await RedisProcess.start();
});
afterAll(() => redis.kill());
beforeEach(async () => {
  await redis.ask("FLUSHALL");
  await redis.ask(`SET roomdesk:born ${Date.now() - 60_000}`);
  [ahead, news] = [0, []];
  links = ["mine", "theirs"].map(
    (name) => new RedisLink(redis.url, clock, (isUp) => void news.push(`${name} ${isUp ? "up" : "away"}`)),
  );
  [mine, theirs] = [new Signs(links[0]!, "mine"), new Signs(links[1]!, "theirs")];
  await vi.waitFor(() => expect([...news].sort()).toEqual(["mine up", "theirs up"]));
  await vi.waitFor(async () => expect([await mine.give("up"), await theirs.give("up")]).not.toContain("away"));
  ahead = 3_600_000;
});
afterEach(() => links.forEach((link) => link.close()));

const seen = async () => [...(await mine.look("talk", ["mine", "theirs"])).alive.keys()];
const hasSettled = async (state: "up" | "draining") =>
  vi.waitFor(async () => expect((await mine.look("", ["theirs"])).alive.get("theirs")?.sign).toBe(state));

describe("a node", () => {
  test("lives that gave its sign and listens, and its sign says whether it is going away", async () => {
    expect(await seen()).toEqual(["mine", "theirs"]);
    await theirs.give("draining");
    await hasSettled("draining");
  });

  test("that was killed is gone at once, though its sign is still fresh", async () => {
    links[1]!.close();
    const began = performance.now();
    await vi.waitFor(async () => expect(await seen()).toEqual(["mine"]), { timeout: 1000, interval: 5 });
    expect(performance.now() - began).toBeLessThan(1000);
    expect(await redis.ask("EXISTS roomdesk:node:theirs")).toBe(":1");
  });

  test("that froze is gone when its sign has run out, though it still listens", async () => {
    const giving = setInterval(() => void mine.give("up"), 100);
    await vi.waitFor(async () => expect(await seen()).toEqual(["mine"]), { timeout: 5000, interval: 20 });
    clearInterval(giving);
    expect(await redis.ask("PUBSUB NUMSUB roomdesk:node:theirs")).toMatch(/^\*2/);
    await theirs.give("up");
    await hasSettled("up");
  });
});

describe("Redis is not believed", () => {
  test("when it has known nothing for longer than three seconds", async () => {
    await redis.ask("FLUSHALL");
    await expect(mine.look("talk", ["theirs"])).rejects.toThrow(RedisAway);
    expect(await mine.give("up")).toBe("forgotten");
    await expect(mine.look("talk", ["theirs"])).rejects.toThrow(RedisAway);
    await redis.ask(`SET roomdesk:born ${Date.now() - 3500}`);
    expect((await mine.look("talk", ["mine"])).alive.has("mine")).toBe(true);
    expect(await mine.give("up")).toBe("kept");
  });

  test("when we have only just found it: others may still be on their way", async () => {
    ahead = 0;
    await expect(mine.look("talk", ["theirs"])).rejects.toThrow(RedisAway);
  });

  test("when it stands still: a question fails in time, and the next does not wait", async () => {
    redis.freeze();
    try {
      const began = performance.now();
      await expect(mine.look("talk", ["theirs"])).rejects.toThrow(RedisAway);
      expect(performance.now() - began).toBeLessThan(2000);
      expect(await mine.give("up")).toBe("away");
      const again = performance.now();
      await expect(mine.look("talk", ["theirs"])).rejects.toThrow(RedisAway);
      expect(performance.now() - again).toBeLessThan(100);
    } finally {
      redis.thaw();
    }
  });

  test("when it is gone; an outage is told once, and so is its end", async () => {
    news = [];
    await redis.kill();
    try {
      await vi.waitFor(() => expect([...news].sort()).toEqual(["mine away", "theirs away"]));
      await expect(mine.look("talk", ["theirs"])).rejects.toThrow(RedisAway);
    } finally {
      await redis.start();
    }
    await vi.waitFor(() => expect(news).toHaveLength(4), { timeout: 5000 });
    expect(news.slice(2).sort()).toEqual(["mine up", "theirs up"]);
    await vi.waitFor(async () => expect(await mine.give("up")).toBe("forgotten"));
    const heard: unknown[] = [];
    links[0]!.hear("words", (message) => void heard.push(message));
    await vi.waitFor(async () => {
      await links[1]!.publish("words", "again");
      expect(heard).toContain("again");
    });
  });
});
