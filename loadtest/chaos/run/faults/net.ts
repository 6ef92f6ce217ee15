import { setTimeout as delay } from "node:timers/promises";
import type { Injection } from "../../../history/run-lines.ts";
import { monotonicMs } from "../../../history/lines.ts";
import type { FaultProxy } from "../../../net/fault-proxy.ts";
import type { FrameFault } from "../../../net/web-socket-frames.ts";
import type { Fault, World } from "../world.ts";

/** The way of one crew to the desk, for so long; then it is mended. */
const net = (
  injection: Injection,
  ms: number,
  harm: (proxy: FaultProxy, world: World) => string | undefined,
): Fault => ({
  injection,
  touches: "net",
  async inflict(world) {
    const at = world.dice.roll(world.proxies.length);
    const [proxy, crew] = [world.proxies[at], world.crews[at]];
    if (!proxy || !crew) return;
    const from = monotonicMs();
    const detail = harm(proxy, world);
    if (ms > 0) await delay(Math.min(world.seconds * 150, ms / 2 + world.dice.roll(ms)));
    if (ms > 0) proxy.heal();
    const targets = crew.plan.devices.map(({ name }) => name);
    world.did({ injection, targets, from, until: ms > 0 ? monotonicMs() : from, ...(detail && { detail }) });
  },
});

const frames = (injection: Injection, fault: FrameFault): Fault =>
  net(injection, 2000, (proxy, { dice }) => {
    const way = dice.pick(["up", "down"] as const);
    proxy.mangle(
      way,
      Array.from({ length: 1 + dice.roll(4) }, () => fault),
    );
    return way;
  });

export const netFaults: readonly Fault[] = [
  net("reset", 0, (proxy) => void proxy.cut()),
  net("halfOpen", 12_000, (proxy, { dice }) => {
    const gone = dice.pick(["near", "far"] as const);
    proxy.halfOpen(gone);
    return gone;
  }),
  net("blackhole", 8000, (proxy, { dice }) => {
    const ways = dice.pick(["up", "down", "both"] as const);
    proxy.blackhole(ways);
    return ways;
  }),
  net("slow", 4000, (proxy, { dice }) => {
    const [ms, bytes] = [dice.roll(800), 2000 + dice.roll(20_000)];
    proxy.delay(ms);
    proxy.throttle(bytes);
    return `${ms} ms, ${bytes} bytes a second`;
  }),
  frames("doubled", "double"),
  frames("reordered", "reorder"),
  frames("truncated", "truncate"),
];
