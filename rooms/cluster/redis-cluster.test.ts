import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { memoryNodeRegistry } from "#core/memory/node-registry.ts";
import type { NodeRegistry } from "#core/ports/node-registry.ts";
import { OpenDesk } from "../testing/open-desk.ts";
import { RedisProcess } from "../testing/redis-process.ts";

let redis: RedisProcess;
beforeAll(async () => {
  redis = await RedisProcess.start();
});
afterAll(() => redis.kill());

async function openDesk(change: (registry: NodeRegistry) => NodeRegistry = (same) => same) {
  const registry = change(memoryNodeRegistry({ now: Date.now, conversations: new Map() }));
  const desk = await OpenDesk.open({ shared: { redisUrl: redis.url, registry } });
  await desk.rooms.join(desk.url);
  onTestFinished(() => desk.close());
  return { desk, registry };
}
const sign = () => redis.ask("GET roomdesk:node:node-1");

test("a node gives its sign of life whatever the database does: one that hangs must not look like a dead node", async () => {
  let asked = 0;
  await openDesk((registry) => ({
    ...registry,
    live: () => registry.live(),
    ownerOf: (id) => registry.ownerOf(id),
    forget: (id) => registry.forget(id),
    renew: (node, leaseMs) => (++asked === 1 ? registry.renew(node, leaseMs) : new Promise(() => undefined)),
  }));
  await vi.waitFor(async () => expect([asked, await sign()]).toEqual([2, "up"]), { timeout: 5000 });
  const hangsSince = performance.now();
  const missing: number[] = [];
  await vi.waitFor(
    async () => {
      if ((await sign()) !== "up") missing.push(performance.now() - hangsSince);
      expect(performance.now() - hangsSince).toBeGreaterThan(2500); // longer than a sign lasts
    },
    { timeout: 10_000, interval: 50 },
  );
  expect(missing).toEqual([]);
});

test("[drain] a node that goes away says so at once, in Redis and in its row, and is gone from both when it has closed", async () => {
  const { desk, registry } = await openDesk();
  expect(await registry.live()).toEqual([{ id: "node-1", address: desk.url, isDraining: false }]);
  await vi.waitFor(async () => expect(await sign()).toBe("up"));
  await desk.rooms.drain({ withinMs: 5000 });
  expect([await sign(), (await registry.live())[0]?.isDraining]).toEqual(["draining", true]);
  await desk.rooms.close();
  expect([await sign(), await registry.live()]).toEqual(["", []]);
});
