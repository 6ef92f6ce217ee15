import { setTimeout as delay } from "node:timers/promises";
import type { Injection } from "../../history/run-lines.ts";
import { Dice } from "../dice.ts";
import { crashPoint } from "./faults/crash-points.ts";
import { netFaults } from "./faults/net.ts";
import { nodeFaults } from "./faults/nodes.ts";
import { peopleFaults } from "./faults/people.ts";
import { serviceFaults } from "./faults/services.ts";
import type { Fault, World } from "./world.ts";

const allFaults: readonly Fault[] = [...nodeFaults, crashPoint, ...serviceFaults, ...netFaults, ...peopleFaults];

/** The faults that do not exist yet, and why. */
const later: Partial<Record<Injection, string>> = {
  cutUpload: "files are not accepted yet",
  quota: "a device that is full is tested in the browser",
};

/** What can be broken here, and in one sentence each what cannot. */
export function arsenal(world: World, only: readonly Injection[] | undefined) {
  const wanted = allFaults.filter(({ injection }) => !only || only.includes(injection));
  const reasons = new Map<string, string>(Object.entries(later));
  const faults = wanted.filter((fault) => {
    const why = fault.cannot?.(world);
    if (why) reasons.set(fault.injection, why);
    return !why;
  });
  return { faults, reasons };
}

const restMs = 2500;
const atOnce = 2;

/** Inflicts all of them in a random order, over and over, at times two at once, until the time is over. */
export async function rage(world: World, faults: readonly Fault[]): Promise<void> {
  const until = performance.now() + world.seconds * 1000;
  const running = new Map<Fault, Promise<void>>();
  let bag: Fault[] = [];
  while (performance.now() < until) {
    await delay(Math.min(until - performance.now(), 200 + world.dice.roll(restMs)));
    if (faults.length === 0 || performance.now() >= until) continue;
    if (bag.length === 0) bag = world.dice.shuffle(faults);
    const at = bag.findIndex((fault) => isFree(fault, running));
    if (at < 0 || running.size >= atOnce) continue;
    const [fault] = bag.splice(at, 1);
    if (!fault) continue;
    // Dice of its own, so that what it does is the same whatever else happens meanwhile.
    const theirs = { ...world, dice: new Dice(world.dice.roll(2 ** 31)) };
    const over = inflict(theirs, fault).finally(() => running.delete(fault));
    running.set(fault, over);
  }
  await Promise.all(running.values());
}

/** Two things that touch the same place are not broken at once; two nodes are. */
function isFree(fault: Fault, running: ReadonlyMap<Fault, unknown>): boolean {
  return [...running.keys()].every(
    (one) => one.touches !== fault.touches || (one !== fault && fault.touches === "nodes"),
  );
}

async function inflict(world: World, fault: Fault): Promise<void> {
  try {
    await fault.inflict(world);
  } catch (failure) {
    // One that fails because another struck at the same moment has still done its harm; the run goes on.
    world.say(
      `${fault.injection} ended early: ${failure instanceof Error ? failure.message.split("\n")[0] : String(failure)}`,
    );
  }
}
