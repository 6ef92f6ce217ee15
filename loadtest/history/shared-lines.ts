import * as z from "zod";

/** What every line begins with. `t`: milliseconds of CLOCK_MONOTONIC, one clock for all processes of a machine. */
export const stamp = { t: z.number(), who: z.string().min(1) };

export const Id = z.string().min(1);
export const Seq = z.int().min(1);
export const Head = z.int().min(0);
export const Side = z.enum(["customer", "staff", "system"]);
export const By = z.strictObject({ side: Side, id: z.string() });
/** `textHash` of a text; `null` where there is none, it was deleted, or it cannot be read. */
export const Hash = z.string().nullable();

/** An event without its text: what clients, nodes and the dump say of it in the same words. */
export const EventFacts = z.strictObject({
  seq: Seq,
  id: Id,
  key: Id,
  by: By,
  type: z.string(),
  hash: Hash,
  /** Of an edit or deletion: the message's id, the version it has now, and whether it is a note. */
  target: z.strictObject({ id: Id, version: z.int(), note: z.boolean() }).optional(),
});
export type EventFacts = z.infer<typeof EventFacts>;
export type By = z.infer<typeof By>;
export type Side = z.infer<typeof Side>;
