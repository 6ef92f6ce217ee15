import { createHash } from "node:crypto";

/**
 * The node that a name belongs to: the same at every node that knows the same nodes, and when one comes or goes only
 * what is its own moves.
 */
export function rendezvous(name: string, nodeIds: Iterable<string>): string | undefined {
  let best: { readonly id: string; readonly weight: string } | undefined;
  for (const id of nodeIds) {
    const weight = createHash("sha1").update(`${id} ${name}`).digest("hex");
    if (!best || weight > best.weight) best = { id, weight };
  }
  return best?.id;
}
