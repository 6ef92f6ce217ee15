import { setTimeout as delay } from "node:timers/promises";
import { monotonicMs } from "../../../history/lines.ts";
import { nodeCrashPoints } from "../../node/orders.ts";
import type { ChaosNode } from "../chaos-node.ts";
import type { Fault, World } from "../world.ts";
import { dieWhenClaiming } from "./claiming.ts";
import { revive, withOwner } from "./nodes.ts";

const crashPoints = [...nodeCrashPoints, "after_insert_before_commit"] as const;
type CrashPoint = (typeof crashPoints)[number];

const reachedWithinMs = 8000;
/** Come to seldom, so the first time must do. */
const rare: readonly string[] = ["in_drain", "in_replay", "mid_broadcast"];

/** A node dies at a point of its program; which one comes next is the one that came least so far. */
export const crashPoint: Fault = {
  injection: "crashPoint",
  touches: "nodes",
  inflict: (world) =>
    withOwner(world, async (node) => {
      const point = nextPoint(world);
      if (point === "after_claim_before_load" && world.nodes.length > 1) return dieWhenClaiming(world, node);
      const from = monotonicMs();
      const died = await dieAt(world, node, point);
      if (!died) return world.say(`${node.node.name} did not come to ${point}`);
      world.crashPoints.set(point, (world.crashPoints.get(point) ?? 0) + 1);
      world.did({ injection: "crashPoint", targets: [node.nodeId], from: died, until: died, detail: point });
      world.say(`${node.node.name} died ${point} after ${Math.round(died - from)} ms`);
      await revive(world, node);
    }),
};

function nextPoint({ crashPoints: times, dice }: World): CrashPoint {
  const least = Math.min(...crashPoints.map((point) => times.get(point) ?? 0));
  return dice.pick(crashPoints.filter((point) => (times.get(point) ?? 0) === least));
}

/** When it died; nothing when it did not come there in time. */
async function dieAt(world: World, node: ChaosNode, point: CrashPoint): Promise<number | undefined> {
  if (point === "after_insert_before_commit") return dieAtCommit(world, node);
  node.tell({ crashAt: point, after: 1 + world.dice.roll(rare.includes(point) ? 1 : 5) });
  if (point === "in_drain") node.node.child.signal("SIGTERM");
  if (point === "in_replay") await missSomething(world);
  if (point === "after_claim_before_load") await provokeClaim(node);
  const died = await Promise.race([
    node.node.child.exited.then(({ signal }) => signal === "SIGKILL"),
    delay(reachedWithinMs, false),
  ]);
  if (died) return monotonicMs();
  if (node.isRunning && point !== "in_drain") node.tell({ crashAt: point, after: Number.MAX_SAFE_INTEGER });
  else await reviveDrained(world, node);
  return undefined;
}

/** Everybody is away for a moment in which the others go on: whoever comes back has something to catch up with. */
async function missSomething({ proxies, dice }: World): Promise<void> {
  const away = proxies.filter(() => dice.happens(0.5));
  for (const proxy of away) proxy.refuse();
  await delay(1500);
  for (const proxy of away) proxy.heal();
}

async function dieAtCommit(world: World, node: ChaosNode): Promise<number | undefined> {
  let died: number | undefined;
  const kill = async () => {
    died = monotonicMs();
    await node.node.kill();
  };
  await world.admin.atCommitOf(node.nodeId, kill, world.dice.happens(0.5)).catch(() => false); // PostgreSQL may be down
  return died;
}

/** A node that is alone claims what it is asked for when it has just started. */
async function provokeClaim(node: ChaosNode): Promise<void> {
  await node.node.kill();
  await node.start({ CHAOS_CRASH_AT: "after_claim_before_load" });
}

async function reviveDrained(world: World, node: ChaosNode): Promise<void> {
  await node.node.child.exited;
  await revive(world, node);
}
