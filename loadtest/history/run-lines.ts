import * as z from "zod";
import { Id, stamp } from "./shared-lines.ts";

// The runner and its nemesis.

/** Every fault there is, by its name in results. */
export const injections = [
  ...["kill9", "sigterm", "freeze", "block", "clockStep"],
  ...["reset", "halfOpen", "blackhole", "slow", "doubled", "reordered", "truncated", "cutUpload"],
  ...["redisKilled", "redisEmpty", "redisStopped"],
  ...["postgresRestarted", "postgresStopped", "backendsTerminated", "lockHeld", "diskFull"],
  ...["reload", "secondTab", "offline", "quota", "everybodyReconnects"],
  ...["crashPoint", "splitBrain"],
] as const;
export const Injection = z.enum(injections);
export type Injection = z.infer<typeof Injection>;

export const RunBegan = z.strictObject({
  ...stamp,
  what: z.literal("run"),
  seed: z.int(),
  seconds: z.number(),
  nodes: z.int(),
  people: z.int(),
  /** Repeats this run. */
  command: z.string(),
});
/**
 * Done to somebody; written when it is over. A fault of a moment (a kill, a reset) has `until = from`; a freeze lasts
 * until SIGCONT, a stopped service until it answers again, a drain until the process has ended.
 */
export const Did = z.strictObject({
  ...stamp,
  what: z.literal("did"),
  injection: Injection,
  /** Node ids, names of screens, conversations, `postgres`, `redis`; empty: everybody. */
  targets: z.array(Id),
  from: z.number(),
  until: z.number(),
  /** The crash point's name, the frozen milliseconds … */
  detail: z.string().optional(),
});
/** `healed`: no fault any more. `drained`: every outbox is empty or parked. `fetched`: everybody has looked once more. */
export const Phase = z.strictObject({
  ...stamp,
  what: z.literal("phase"),
  phase: z.enum(["healed", "drained", "fetched"]),
});

export const runLines = [RunBegan, Did, Phase] as const;
