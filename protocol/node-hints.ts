import * as z from "zod/mini";
import { limits } from "./limits.ts";

/**
 * What nodes of a cluster tell each other, at most once and in no order that holds: hints to look, and signals that the
 * next whole picture mends. Nothing that must not be lost is among them.
 */
const id = z.string().check(z.maxLength(100));
const ids = z.array(id).check(z.maxLength(10_000));

const Present = z.strictObject({
  orgId: id,
  conversationId: id,
  customerOnline: z.boolean(),
  customerTyping: z.boolean(),
});
const Here = z.strictObject({ orgId: id, userIds: ids });

export const NodeHint = z.discriminatedUnion("type", [
  /** Something of this organisation was kept: there is more in its feed. */
  z.strictObject({ type: z.literal("changed"), orgId: id }),
  z.extend(Present, { type: z.literal("present") }),
  /** Somebody of the staff has read this far. */
  z.strictObject({
    type: z.literal("read"),
    orgId: id,
    conversationId: id,
    personId: id,
    upTo: z.int().check(z.nonnegative()),
  }),
  /** The staff of an organisation that have a socket at the sender. */
  z.extend(Here, { type: z.literal("here") }),
  /** All presence and all staff there are at the sender; what it told before is over. */
  z.strictObject({
    type: z.literal("whole"),
    present: z.array(Present).check(z.maxLength(100_000)),
    here: z.array(Here).check(z.maxLength(10_000)),
  }),
  /** These sessions have ended. */
  z.strictObject({ type: z.literal("closeSessions"), sessionIds: ids }),
  /** These conversations changed hands. */
  z.strictObject({ type: z.literal("renew"), conversationIds: ids }),
]);
export type NodeHint = z.infer<typeof NodeHint>;

/** What one node says at once. */
export const NodeHints = z.strictObject({
  nodeId: id,
  hints: z.array(NodeHint).check(z.maxLength(limits.hintsPerBatchMax)),
});
export type NodeHints = z.infer<typeof NodeHints>;
