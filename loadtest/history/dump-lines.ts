import * as z from "zod";
import { EventFacts, By, Hash, Head, Id, Seq, stamp } from "./shared-lines.ts";

// The database after the run, texts opened and hashed. `order` counts what the witness saw, in the order it was written.

const order = z.int().min(1);
const epoch = z.int().min(0);

export const KeptConversation = z.strictObject({
  ...stamp,
  what: z.literal("kept.conversation"),
  conversation: Id,
  org: Id,
  customer: Id,
  customerAuthor: Id,
  status: z.enum(["open", "closed"]),
  head: Head,
  publicHead: Head,
  epoch,
  owner: z.string().nullable(),
});
export const KeptEvent = z.strictObject({
  ...stamp,
  what: z.literal("kept.event"),
  conversation: Id,
  event: EventFacts,
  internal: z.boolean(),
  at: z.number(),
  /** The conversation's epoch and owner in the transaction that kept it, as the database saw them. */
  witness: z.strictObject({ order, epoch, owner: z.string().nullable() }).optional(),
});
/** A message or note as it now reads. */
export const KeptMessage = z.strictObject({
  ...stamp,
  what: z.literal("kept.message"),
  conversation: Id,
  seq: Seq,
  id: Id,
  internal: z.boolean(),
  by: By,
  version: z.int(),
  hash: Hash,
  deleted: z.boolean(),
});
export const KeptRead = z.strictObject({
  ...stamp,
  what: z.literal("kept.read"),
  conversation: Id,
  person: Id,
  seq: Head,
});
/** A read number as it was written; the later of a person has the higher `order`. */
export const ReadWritten = z.strictObject({
  ...stamp,
  what: z.literal("witness.read"),
  order,
  conversation: Id,
  person: Id,
  seq: Head,
});
/** An epoch as it was written; `head` is the number of the newest event then. */
export const EpochWritten = z.strictObject({
  ...stamp,
  what: z.literal("witness.epoch"),
  order,
  conversation: Id,
  epoch,
  owner: z.string().nullable(),
  head: Head,
});
export const KeptAudit = z.strictObject({
  ...stamp,
  what: z.literal("kept.audit"),
  org: Id,
  n: z.int().min(1),
  action: z.string(),
  object: z.string().nullable(),
  before: z.string(),
  hash: z.string(),
});
/** The chain's own account of its newest entry, and what the desk's key says of it. */
export const AuditVerdict = z.strictObject({
  ...stamp,
  what: z.literal("audit.verdict"),
  org: Id,
  n: z.int().min(0),
  hash: z.string(),
  firstBad: z.int().nullable(),
});
/** The last line: a dump without it is not whole. */
export const DumpEnded = z.strictObject({ ...stamp, what: z.literal("dump.end"), events: z.int() });

export const dumpLines = [
  ...[KeptConversation, KeptEvent, KeptMessage, KeptRead, ReadWritten, EpochWritten, KeptAudit, AuditVerdict],
  DumpEnded,
] as const;
