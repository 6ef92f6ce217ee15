import { setTimeout as delay } from "node:timers/promises";
import { monotonicMs } from "../../../history/lines.ts";
import type { ChaosNode } from "../chaos-node.ts";
import type { World } from "../world.ts";
import { revive } from "./nodes.ts";

const point = "after_claim_before_load";
const claimedWithinMs = 8000;

/** A node is killed, and who takes its conversations over dies with the first of them in its hands. */
export async function dieWhenClaiming(world: World, node: ChaosNode): Promise<void> {
  const heirs = world.nodes.filter((one) => one !== node && one.isRunning && !one.isBusy);
  for (const heir of heirs) {
    heir.isBusy = true;
    heir.tell({ crashAt: point, after: 1 });
  }
  const from = monotonicMs();
  await node.node.kill();
  world.did({ injection: "kill9", targets: [node.nodeId], from, until: from });
  await Promise.race([...heirs.map((heir) => heir.node.child.exited), delay(claimedWithinMs)]);
  const dead = heirs.filter((heir) => !heir.isRunning);
  for (const heir of heirs) heir.tell({ crashAt: point, after: Number.MAX_SAFE_INTEGER });
  for (const heir of dead) noteDeath(world, heir);
  await Promise.all([node, ...dead].map((one) => revive(world, one)));
  for (const heir of heirs) {
    if (!heir.isRunning) await revive(world, heir); // it died between being counted and being told not to
    heir.isBusy = false;
  }
}

function noteDeath(world: World, heir: ChaosNode): void {
  const at = monotonicMs();
  world.crashPoints.set(point, (world.crashPoints.get(point) ?? 0) + 1);
  world.did({ injection: "crashPoint", targets: [heir.nodeId], from: at, until: at, detail: point });
  world.say(`${heir.node.name} died ${point}`);
}
