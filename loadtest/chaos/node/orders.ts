/** Where a node can be made to die, at that very point of its program. */
export const nodeCrashPoints = [
  "before_insert",
  "after_commit_before_ack",
  "mid_broadcast",
  "after_broadcast_before_ack",
  "after_claim_before_load",
  "in_replay",
  "in_drain",
] as const;
export type NodeCrashPoint = (typeof nodeCrashPoints)[number];

export const isNodeCrashPoint = (name: string): name is NodeCrashPoint =>
  (nodeCrashPoints as readonly string[]).includes(name);

/** What the runner tells a node. */
export type NodeOrder =
  /** Die there, the `after`-th time it comes there from now on. */
  | { readonly crashAt: NodeCrashPoint; readonly after: number }
  /** Let nothing else run for so long. */
  | { readonly blockMs: number };

/** What a node tells the runner. */
export type NodeWord = { readonly nodeId: string };
