import * as z from "zod";
import { By, EventFacts, Head, Id, Seq, stamp } from "./shared-lines.ts";

// A node is one process of the server; `who` is its node id.

const Epoch = z.int().min(0);

export const NodeBegan = z.strictObject({ ...stamp, what: z.literal("node"), pid: z.int() });

/** The log's `claim` has answered. `head`: the newest number it found, so that everything up to it is committed. */
export const Claimed = z.strictObject({
  ...stamp,
  what: z.literal("claim"),
  conversation: Id,
  epoch: Epoch,
  head: Head,
});
export const Released = z.strictObject({ ...stamp, what: z.literal("release"), conversation: Id, epoch: Epoch });

/** The log is asked to keep this; `call` counts the appends of this process. */
export const Appending = z.strictObject({
  ...stamp,
  what: z.literal("append"),
  call: z.int(),
  conversation: Id,
  epoch: Epoch,
  events: z.array(EventFacts).min(1),
});
/** What the log said, noted before anything is done with it. `unknown`: it could not be reached or did not say. `seq`: the first one's, of a duplicate. */
export const Appended = z.strictObject({
  ...stamp,
  what: z.literal("appended"),
  call: z.int(),
  outcome: z.enum(["kept", "duplicate", "fenced", "behind", "unknown"]),
  seq: Seq.optional(),
});
/** Read from the log (`since`, `page`, `byKey`), for a fetch, a page or a known key: everything up to `upTo` is committed. */
export const Seen = z.strictObject({ ...stamp, what: z.literal("seen"), conversation: Id, upTo: Head });
/** A read number was kept. */
export const ReadKept = z.strictObject({
  ...stamp,
  what: z.literal("read.kept"),
  conversation: Id,
  person: Id,
  upTo: Head,
});

/** About to be told to those of one side who are connected. */
export const Told = z.strictObject({
  ...stamp,
  what: z.literal("tell"),
  conversation: Id,
  epoch: Epoch,
  side: z.enum(["customer", "staff"]),
  events: z.array(z.strictObject({ seq: Seq, id: Id, key: Id })),
  sessions: z.int().min(0),
});
/** A command was answered: with a number, or with a refusal's code. */
export const Answered = z.strictObject({
  ...stamp,
  what: z.literal("answer"),
  conversation: Id,
  epoch: Epoch,
  by: By,
  key: Id,
  seq: Seq.optional(),
  code: z.string().optional(),
});
export const Disposed = z.strictObject({ ...stamp, what: z.literal("dispose"), conversation: Id });

/**
 * The process did not run for so long: a monotonic timer of its own jumped. `t` is when it woke. Processes of people note
 * it too (theirs from 100 ms on): what a screen owes in a time is due that much later.
 */
export const Woke = z.strictObject({ ...stamp, what: z.literal("woke"), pausedMs: z.number() });
export const Draining = z.strictObject({ ...stamp, what: z.literal("drain"), phase: z.enum(["begin", "end"]) });
/** What must never happen in a process that stays healthy. */
export const Trouble = z.strictObject({
  ...stamp,
  what: z.literal("trouble"),
  kind: z.enum(["rejection", "exception", "warning", "fault"]),
  message: z.string(),
});
/**
 * What is held. `warm`: after the first conversations have ended once, or when the faults begin; `end`: when everybody
 * has left and rooms have had the time to hibernate, after a full collection of garbage.
 */
export const Counted = z.strictObject({
  ...stamp,
  what: z.literal("counts"),
  phase: z.enum(["warm", "end"]),
  rooms: z.int(),
  connections: z.int(),
  heapBytes: z.int(),
});

export const nodeLines = [
  ...[NodeBegan, Claimed, Released, Appending, Appended, Seen, ReadKept, Told, Answered, Disposed],
  ...[Woke, Draining, Trouble, Counted],
] as const;
