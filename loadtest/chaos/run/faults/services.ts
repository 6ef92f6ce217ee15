import { setTimeout as delay } from "node:timers/promises";
import type { Injection } from "../../../history/run-lines.ts";
import { monotonicMs } from "../../../history/lines.ts";
import type { Fault, World } from "../world.ts";

/** Something is down from here until it answers again. */
async function away(world: World, injection: Injection, target: string, work: () => Promise<void>): Promise<void> {
  const from = monotonicMs();
  await work();
  world.did({ injection, targets: [target], from, until: monotonicMs() });
}

const postgres = (injection: Injection, work: (world: World) => Promise<void>): Fault => ({
  injection,
  touches: "postgres",
  inflict: (world) => away(world, injection, "postgres", () => work(world)),
});

const noRedis = ({ desk }: World) => (desk.redis ? undefined : "there is no Redis on this machine");

const redis = (
  injection: Injection,
  work: (world: World, redis: NonNullable<World["desk"]["redis"]>) => Promise<void>,
): Fault => ({
  injection,
  touches: "redis",
  cannot: noRedis,
  inflict: (world) =>
    away(world, injection, "redis", async () => {
      if (world.desk.redis) await work(world, world.desk.redis);
    }),
});

const postgresRestarted = postgres("postgresRestarted", async ({ desk }) => {
  await desk.postgres.immediate();
  await desk.postgres.start();
});

const postgresStopped = postgres("postgresStopped", async ({ desk, dice }) => {
  await desk.postgres.stop();
  await delay(2000 + dice.roll(5000));
  await desk.postgres.start();
});

const backendsTerminated = postgres("backendsTerminated", async ({ admin, dice }) => {
  for (let times = 1 + dice.roll(4); times > 0; times -= 1) {
    await admin.terminateBackends();
    await delay(dice.roll(300));
  }
});

const lockHeld = postgres("lockHeld", async ({ admin, dice }) => {
  const conversations = [...(await admin.owners()).keys()];
  if (conversations.length > 0) await admin.holdLock(dice.pick(conversations), 500 + dice.roll(5000));
});

/** It may give up altogether for want of room for its log; then it is started again once there is some. */
const diskFull: Fault = {
  injection: "diskFull",
  touches: "postgres",
  cannot: ({ disk }) => disk.cannot,
  inflict: (world) =>
    away(world, "diskFull", "postgres", async () => {
      const { desk, disk, dice } = world;
      disk.fill();
      await delay(2000 + dice.roll(4000));
      disk.free();
      if (!desk.postgres.isRunning) await desk.postgres.start();
    }),
};

const redisKilled = redis("redisKilled", async ({ dice }, server) => {
  await server.kill();
  await delay(dice.roll(2000));
  await server.start();
});

const redisEmpty = redis("redisEmpty", async ({ dice }, server) => {
  await server.kill();
  await delay(dice.roll(2000));
  await server.start({ empty: true });
});

const redisStopped = redis("redisStopped", async ({ dice, seconds }, server) => {
  await server.kill();
  await delay(Math.min(seconds * 100, 5000 + dice.roll(25_000)));
  await server.start();
});

export const serviceFaults: readonly Fault[] = [
  ...[postgresRestarted, postgresStopped, backendsTerminated, lockHeld, diskFull],
  ...[redisKilled, redisEmpty, redisStopped],
];
