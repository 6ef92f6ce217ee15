import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

/** A node that did not come back. The others were left alone. */
export class StayedAway extends Error {}

export type RestartPlan = {
  /** A command of the shell; `{}` stands for the node's name. */
  readonly restart: string;
  /** Answers 200 when the node takes work. */
  readonly ready: string;
  readonly withinMs: number;
  readonly say: (line: string) => void;
};

/** Before anything is restarted all must be ready: with one away, restarting another might leave none. */
export async function rollingRestart(nodes: readonly string[], plan: RestartPlan): Promise<void> {
  for (const node of nodes)
    if (!(await isReady(named(plan.ready, node))))
      throw new StayedAway(`Nothing was restarted: ${node} is not ready at ${named(plan.ready, node)}.`);
  for (const node of nodes) await restartOne(node, plan);
  plan.say(`restarted ${nodes.length}`);
}

async function restartOne(node: string, { restart, ready, withinMs, say }: RestartPlan): Promise<void> {
  const began = performance.now();
  const child = spawn("sh", ["-c", named(restart, node)], { stdio: "inherit" });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new StayedAway(`Stopped at ${node}: its restart ended with ${code}.`);
  while (!(await isReady(named(ready, node)))) {
    if (performance.now() - began > withinMs)
      throw new StayedAway(`Stopped at ${node}: it was not ready within ${withinMs / 1000} s.`);
    await delay(100);
  }
  say(`${node} is ready again after ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

const named = (pattern: string, node: string): string => pattern.replaceAll("{}", node);

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false; // not there, or not yet
  }
}
