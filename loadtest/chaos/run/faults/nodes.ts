import { setTimeout as delay } from "node:timers/promises";
import { monotonicMs } from "../../../history/lines.ts";
import type { ChaosNode } from "../chaos-node.ts";
import type { Fault, World } from "../world.ts";

/** A node that runs and that nobody breaks just now, for as long as the work takes; nothing happens when there is none. */
export async function withNode(world: World, work: (node: ChaosNode) => Promise<void>): Promise<void> {
  const free = world.nodes.filter((node) => node.isRunning && !node.isBusy);
  if (free.length === 0) return;
  const node = world.dice.pick(free);
  node.isBusy = true;
  try {
    await work(node);
  } finally {
    node.isBusy = false;
  }
}

/** The same with a node that owns a conversation, where there is one: the others come to few points of their program. */
export async function withOwner(world: World, work: (node: ChaosNode) => Promise<void>): Promise<void> {
  const owners = await world.admin.owners().catch(() => new Map<string, string>()); // PostgreSQL may be down
  const owning = world.nodes.filter(({ nodeId }) => [...owners.values()].includes(nodeId));
  await withNode(owning.some((node) => node.isRunning && !node.isBusy) ? { ...world, nodes: owning } : world, work);
}

/** A node that was ended starts again after a while, as under a supervisor. */
export async function revive({ dice }: World, node: ChaosNode, env: NodeJS.ProcessEnv = {}): Promise<void> {
  await delay(200 + dice.roll(2000));
  await node.start(env);
}

const kill9: Fault = {
  injection: "kill9",
  touches: "nodes",
  inflict: (world) =>
    withNode(world, async (node) => {
      const from = monotonicMs();
      await node.node.kill();
      world.did({ injection: "kill9", targets: [node.nodeId], from, until: from });
      await revive(world, node);
    }),
};

const sigterm: Fault = {
  injection: "sigterm",
  touches: "nodes",
  inflict: (world) =>
    withNode(world, async (node) => {
      const from = monotonicMs();
      await node.node.terminate();
      world.did({ injection: "sigterm", targets: [node.nodeId], from, until: monotonicMs() });
      await revive(world, node);
    }),
};

/** The longer ones only where there is time for them. */
const freezesMs = ({ seconds }: World): readonly number[] =>
  seconds >= 180 ? [500, 3000, 10_000, 10_000, 40_000] : seconds >= 60 ? [500, 3000, 10_000] : [500, 3000];

const freeze: Fault = {
  injection: "freeze",
  touches: "nodes",
  inflict: (world) =>
    withNode(world, async (node) => {
      const ms = world.dice.pick(freezesMs(world));
      const from = monotonicMs();
      node.node.freeze();
      await delay(ms);
      node.node.thaw();
      world.did({ injection: "freeze", targets: [node.nodeId], from, until: monotonicMs(), detail: `${ms} ms` });
    }),
};

const block: Fault = {
  injection: "block",
  touches: "nodes",
  inflict: (world) =>
    withNode(world, async (node) => {
      const ms = 300 + world.dice.roll(4000);
      const from = monotonicMs();
      node.tell({ blockMs: ms });
      await delay(ms);
      world.did({ injection: "block", targets: [node.nodeId], from, until: monotonicMs(), detail: `${ms} ms` });
    }),
};

const clockStep: Fault = {
  injection: "clockStep",
  touches: "clock",
  cannot: ({ clock }) =>
    clock.program ? undefined : "libfaketime is not installed (apt-get install faketime), so no clock can be turned",
  async inflict(world) {
    const seconds = world.dice.pick([-7200, -30, 30, 3600, 86_400]);
    const from = monotonicMs();
    world.clock.step(seconds);
    await delay(2000 + world.dice.roll(3000));
    world.clock.step(0);
    const targets = world.nodes.map(({ nodeId }) => nodeId);
    world.did({ injection: "clockStep", targets, from, until: monotonicMs(), detail: `${seconds} s` });
  },
};

/** The owner stands still, somebody else takes over, and it wakes and does not know. */
const splitBrain: Fault = {
  injection: "splitBrain",
  touches: "nodes",
  cannot: ({ nodes }) => (nodes.length > 1 ? undefined : "there is one node only, so nobody could take over"),
  inflict: (world) =>
    withNode(world, async (node) => {
      const theirs = [...(await world.admin.owners())].filter(([, owner]) => owner === node.nodeId);
      if (theirs.length === 0) return;
      const from = monotonicMs();
      node.node.freeze();
      const taken = await takenOver(world, node.nodeId, theirs.length);
      node.node.thaw();
      if (taken === 0) return world.say(`nobody took over from ${node.node.name} while it was frozen`);
      const detail = `${taken} of ${theirs.length} taken over`;
      world.did({ injection: "splitBrain", targets: [node.nodeId], from, until: monotonicMs(), detail });
    }),
};

/** People go on by themselves, and come in by all the other doors. */
async function takenOver({ admin, crews }: World, nodeId: string, before: number): Promise<number> {
  for (const crew of crews) crew.tell({ does: "reconnect" });
  const late = monotonicMs() + 15_000;
  for (;;) {
    await delay(250);
    const left = [...(await admin.owners()).values()].filter((owner) => owner === nodeId).length;
    if (left < before || monotonicMs() > late) return before - left;
  }
}

export const nodeFaults: readonly Fault[] = [kill9, sigterm, freeze, block, clockStep, splitBrain];
