import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import type { Append } from "#core/ports/conversation-log.ts";
import type { BenchConversation } from "./bench-append-desk.ts";
import { timesOf } from "./load/processes.ts";

export type Mode = "group" | "single";
export type Run = {
  readonly mode: Mode;
  readonly concurrency: number;
  readonly per_s: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  /** CPU of this process and of all of PostgreSQL, for one append; `null` where the system does not tell. */
  readonly node_us: number;
  readonly postgres_us: number | null;
};

/** Keeps one append or throws. */
export type Keep = (append: Append) => Promise<void>;

const body = "The parcel has not come, and the page says that it was delivered on Monday. ".repeat(3);

/** Each of `concurrency` writers has a conversation of their own and says the next thing as soon as the last is kept. */
export async function measure(
  mode: Mode,
  keep: Keep,
  conversations: readonly BenchConversation[],
  { concurrency, seconds, postgresPid }: { concurrency: number; seconds: number; postgresPid: number },
): Promise<Run> {
  const writers = conversations.slice(0, concurrency);
  await write(writers, keep, Math.min(0.3, seconds / 3)); // connections, plans and caches are warm before it counts
  const before = { cpu: process.cpuUsage(), postgres: postgresCpu(postgresPid), at: performance.now() };
  const took = await write(writers, keep, seconds);
  const { user, system } = process.cpuUsage(before.cpu);
  const elapsed = performance.now() - before.at;
  const postgres = postgresCpu(postgresPid);
  took.sort((a, b) => a - b);
  const quantile = (q: number) => round(took[Math.min(took.length - 1, Math.floor(took.length * q))] ?? 0);
  return {
    mode,
    concurrency,
    per_s: Math.round((took.length / elapsed) * 1000),
    p50_ms: quantile(0.5),
    p99_ms: quantile(0.99),
    node_us: Math.round((user + system) / took.length),
    postgres_us:
      postgres === null || before.postgres === null ? null : Math.round((postgres - before.postgres) / took.length),
  };
}

async function write(writers: readonly BenchConversation[], keep: Keep, seconds: number): Promise<number[]> {
  const took: number[] = [];
  const until = performance.now() + seconds * 1000;
  const one = async (conversation: BenchConversation) => {
    for (let began = performance.now(); began < until; began = performance.now()) {
      await keep(next(conversation));
      conversation.head += 1;
      took.push(performance.now() - began);
    }
  };
  await Promise.all(writers.map(one));
  return took;
}

function next({ id: conversationId, author, epoch, head }: BenchConversation): Append {
  const by = { side: "customer", id: author } as const;
  const event = { seq: head + 1, at: Date.now(), id: randomUUID(), by, clientId: randomUUID(), body };
  return { conversationId, epoch, expectedHead: head, events: [{ type: "message.posted", ...event }] };
}

// Linux counts in hundredths of a second, whatever its own clock.
const tickUs = 10_000;

/** Microseconds that a PostgreSQL's processes have used, those that have ended included. */
function postgresCpu(pid: number): number | null {
  if (process.platform !== "linux") return null;
  let ticks = 0;
  for (const entry of readdirSync("/proc")) {
    const times = /^\d+$/.test(entry) ? timesOf(entry) : undefined;
    if (times && (Number(entry) === pid || times.parent === pid))
      ticks += times.own + (Number(entry) === pid ? times.ended : 0);
  }
  return ticks * tickUs;
}

const round = (ms: number): number => Math.round(ms * 100) / 100;

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
