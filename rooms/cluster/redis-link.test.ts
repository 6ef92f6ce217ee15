import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Redis } from "ioredis";
import { systemClock } from "../node/clock.ts";
import { RedisProcess } from "../testing/redis-process.ts";
import { RedisLink } from "./redis-link.ts";

class WatchedLink extends RedisLink {
  get states(): string[] {
    return [this.redis.status, (this.sub as Redis).status];
  }

  onceConnected(call: () => void): void {
    (this.sub as Redis).once("connect", call);
  }
}

let redis: RedisProcess;
let link: WatchedLink;
let news: string[];
let heard: unknown[];
let floating: unknown[];
const onFloating = (failure: unknown) => void floating.push(failure);

beforeEach(async () => {
  redis = await RedisProcess.start();
  [news, heard, floating] = [[], [], []];
  process.on("unhandledRejection", onFloating);
  link = new WatchedLink(redis.url, systemClock, (isUp, error) => {
    news.push(isUp ? "up" : `away: ${error?.message}`);
  });
  link.hear("words", (word) => void heard.push(word));
  await hearsAgain("first");
});
afterEach(async () => {
  link.close();
  await redis.kill();
  process.off("unhandledRejection", onFloating);
});

const hearsAgain = (word: string) =>
  vi.waitFor(
    async () => {
      await link.answers(); // as each sign of life asks
      await link.publish("words", word);
      expect(heard).toContain(word);
    },
    { timeout: 8000 },
  );
/** As many signs of life as a node would give meanwhile. */
async function asks(times: number): Promise<void> {
  for (let n = 0; n < times; n++) expect(await link.answers()).toBe(false);
}
const told = () => news.map((line) => line.split(":")[0]);

describe("Redis being away is told once, and when it is back; nothing fails unheard, and what was heard is heard again", () => {
  test("when it stands still", async () => {
    redis.freeze();
    await vi.waitFor(async () => expect(await link.answers()).toBe(false));
    const frozenAt = performance.now();
    await vi.waitFor(
      async () => {
        await link.answers();
        expect(performance.now() - frozenAt).toBeGreaterThan(2500); // longer than a new connection needs to time out
      },
      { timeout: 10_000 },
    );
    expect(news.slice(1)).toEqual(["away: Redis did not answer"]);
    redis.thaw();
    await hearsAgain("thawed");
    expect(told()).toEqual(["up", "away", "up"]);
    expect(floating).toEqual([]);
  });

  test("when it is killed and started again", async () => {
    await redis.kill();
    await vi.waitFor(() => expect(told()).toEqual(["up", "away"]));
    await asks(20);
    await redis.start();
    await hearsAgain("back");
    expect(told()).toEqual(["up", "away", "up"]);
    expect(floating).toEqual([]);
  });

  test("when it dies while a new connection is being made", async () => {
    redis.freeze();
    await vi.waitFor(async () => expect(await link.answers()).toBe(false));
    await vi.waitFor(() => expect(link.states).toEqual(["connect", "connect"]), { interval: 1 });
    await redis.kill();
    await redis.start();
    await hearsAgain("born again");
    expect(told()).toEqual(["up", "away", "up"]);
    expect(floating).toEqual([]);
  });

  test("when it refuses to let us hear", async () => {
    await redis.ask("ACL SETUSER default resetchannels"); // which also closes the connections that hear
    await vi.waitFor(() => expect(told()).toEqual(["up", "away", "up"]));
    expect(await link.answers()).toBe(true);
    expect(floating).toEqual([]);
  });

  test("when it is not there from the beginning", async () => {
    await redis.kill();
    const late: string[] = [];
    const other = new RedisLink(redis.url, systemClock, (isUp) => void late.push(isUp ? "up" : "away"));
    try {
      await vi.waitFor(() => expect(late).toEqual(["away"]));
      await redis.start();
      await vi.waitFor(() => expect(late).toEqual(["away", "up"]));
    } finally {
      other.close();
    }
  });
});

test("Redis is not taken for away by a process that was itself too busy to read the answer", async () => {
  const asked = link.answers();
  const began = performance.now();
  while (performance.now() - began < 600);
  expect(await asked).toBe(true);
  expect(told()).toEqual(["up"]);
});

test("what is to be heard while a connection is being made does not break it", async () => {
  const early: string[] = [];
  const other = new WatchedLink(redis.url, systemClock, (isUp) => void early.push(isUp ? "up" : "away"));
  try {
    other.onceConnected(() => other.hear("words", () => early.push("heard")));
    await vi.waitFor(async () => {
      await link.publish("words", "hello");
      expect(early).toContain("heard");
    });
    expect(early.slice(0, 2)).toEqual(["up", "heard"]);
  } finally {
    other.close();
  }
});
