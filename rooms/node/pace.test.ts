import { beforeEach, expect, test } from "vitest";
import { ManualClock, settled } from "../testing/manual-clock.ts";
import { Pace } from "./pace.ts";

let clock: ManualClock;
let done: number[];
let pace: Pace;
beforeEach(() => {
  clock = new ManualClock();
  done = [];
  const began = clock.monotonic();
  pace = new Pace(clock, 100, () => done.push(clock.monotonic() - began));
});

test("what is asked for once is done at the end of the moment", async () => {
  pace.atOnce();
  pace.atOnce();
  expect(done).toEqual([]);
  await settled();
  expect(done).toEqual([0]);
});

test("what is asked for again and again is done once in a while, and the last asking is not forgotten", async () => {
  for (let at = 0; at < 250; at += 10) {
    pace.atOnce();
    await settled();
    await clock.pass(10);
  }
  await clock.pass(1000);
  expect(done).toEqual([0, 100, 200, 300]);
});

test("what can wait, waits, and goes along with what cannot", async () => {
  pace.soon();
  await settled();
  expect(done).toEqual([]);
  await clock.pass(40);
  pace.atOnce();
  await settled();
  expect(done).toEqual([40]);
  await clock.pass(1000);
  expect(done, "both were one").toEqual([40]);
  pace.soon();
  await clock.pass(1000);
  expect(done).toEqual([40, 1140]);
});

test("after a stop nothing is done", async () => {
  pace.atOnce();
  pace.stop();
  pace.soon();
  pace.stop();
  await settled();
  await clock.pass(1000);
  expect(done).toEqual([]);
});
