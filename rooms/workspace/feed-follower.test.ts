import { beforeEach, expect, test } from "vitest";
import { ManualClock } from "../testing/manual-clock.ts";
import { FeedFollower } from "./feed-follower.ts";

let clock: ManualClock;
let looks: number[];
let tookMs: number;
let follower: FeedFollower;
beforeEach(async () => {
  [clock, looks, tookMs] = [new ManualClock(), [], 0];
  const changes = async () => {
    looks.push(clock.monotonic());
    if (tookMs > 0) await new Promise<void>((resolve) => clock.after(tookMs, resolve));
    return { rows: [], heads: new Map<string, number>() };
  };
  const load = async () => ({ rows: [], heads: new Map<string, number>(), closedTotal: 0 });
  const onFault = (error: unknown) => {
    throw error;
  };
  follower = new FeedFollower({ orgId: "org", feed: { load, changes }, clock, onRows: () => undefined, onFault });
  await follower.start();
});

test("a hint is followed up in a moment, and all hints of a moment together", async () => {
  for (let at = 0; at < 100; at += 10) {
    follower.hint();
    await clock.pass(10);
  }
  expect(looks).toEqual([30, 60, 90]);
});

test("looking takes at most a tenth of the time, however many hints there are, and comes back to its old pace", async () => {
  tookMs = 20;
  const hintFor = async (ms: number) => {
    for (const end = clock.monotonic() + ms; clock.monotonic() < end; await clock.pass(10)) follower.hint();
  };
  await hintFor(1000);
  expect(looks.length).toBeLessThanOrEqual(6);
  expect(looks.length).toBeGreaterThanOrEqual(4);
  tookMs = 0;
  await hintFor(1000);
  expect((looks.at(-1) ?? 0) - (looks.at(-2) ?? 0)).toBe(30);
});

test("however slow the feed, a hint is followed up within half a second", async () => {
  tookMs = 60_000;
  follower.hint();
  await clock.pass(60_100);
  tookMs = 0;
  const asked = clock.monotonic();
  follower.hint();
  await clock.pass(500);
  expect(looks.at(-1)).toBeGreaterThanOrEqual(asked);
});
