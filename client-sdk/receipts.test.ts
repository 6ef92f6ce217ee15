import { beforeEach, expect, test } from "vitest";
import type { ConversationFeed } from "./conversation-feed.ts";
import { ReadState } from "./read-state.ts";
import { Receipts } from "./receipts.ts";
import { manualWorld, type ManualWorld } from "./testing/manual-world.ts";

let world: ManualWorld;
let told: unknown[];
let link: { isOnline: boolean; upTo: number | undefined };
let reads: ReadState;
let receipts: Receipts;
beforeEach(() => {
  world = manualWorld();
  told = [];
  link = { isOnline: true, upTo: undefined };
  reads = new ReadState();
  const feed = {
    get isOnline() {
      return link.isOnline;
    },
    thread: {
      inbox: {
        get contiguous() {
          return link.upTo;
        },
      },
    },
    signal: (type: string, payload: { upTo: number }) => void told.push([type, payload.upTo]),
  };
  receipts = new Receipts(world.clock, reads, () => feed as unknown as ConversationFeed); // no more of it is used
});

const come = (upTo: number, isOthers = true) => {
  link.upTo = upTo;
  receipts.arrived(isOthers);
};

test("the first that comes is told of at once, and of many one word is enough", async () => {
  for (let seq = 1; seq <= 20; seq += 1) come(seq);
  expect(told).toEqual([["delivered", 1]]);
  await world.clock.pass(250);
  expect(told).toEqual([
    ["delivered", 1],
    ["delivered", 20],
  ]);
  await world.clock.pass(5000);
  expect(told).toHaveLength(2);
});

test("nobody waits for a receipt of our own messages", async () => {
  come(1, false);
  await world.clock.pass(5000);
  expect(told).toEqual([]);
  come(2);
  expect(told).toEqual([["delivered", 2]]);
});

test("what could not be told is told over the next link, and what was told is told again", async () => {
  link.isOnline = false;
  come(3);
  reads.mark(3);
  receipts.read();
  expect(told).toEqual([]);
  link.isOnline = true;
  receipts.opened();
  expect(told).toEqual([
    ["delivered", 3],
    ["read", 3],
  ]);
  await world.clock.pass(250);
  receipts.opened();
  expect(told.slice(2)).toEqual([
    ["delivered", 3],
    ["read", 3],
  ]);
});

test("a read number never waits", () => {
  come(1);
  come(2);
  reads.mark(2);
  receipts.read();
  expect(told).toEqual([
    ["delivered", 1],
    ["read", 2],
  ]);
});

test("after a stop nothing more is told", async () => {
  come(1);
  come(2);
  receipts.stop();
  await world.clock.pass(5000);
  expect(told).toEqual([["delivered", 1]]);
});
