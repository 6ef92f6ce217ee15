import { expect, test } from "vitest";
import { Alarms } from "./alarms.ts";
import { manualWorld } from "./testing/manual-world.ts";

test("rings at its time, each for itself, and not when it is settled before", async () => {
  const { clock } = manualWorld();
  const alarms = new Alarms(clock);
  const rung: string[] = [];
  for (const key of ["a", "b"]) for (const ms of [100, 200]) alarms.set(key, ms, () => rung.push(`${key} ${ms}`));
  await clock.pass(150);
  alarms.settle("a");
  alarms.settle("never set");
  await clock.pass(1000);
  expect(rung).toEqual(["a 100", "b 100", "b 200"]);
  alarms.set("a", 10, () => rung.push("again"));
  await clock.pass(10);
  expect(rung.at(-1)).toBe("again");
});
