import { buildClients } from "../build/clients.ts";
import { tooHeavy, weights } from "../build/weights.ts";
import { root } from "../run.ts";
import type { Findings } from "../step.ts";

export async function sizes(): Promise<Findings> {
  const { bundles } = await buildClients(root);
  const found = weights(bundles);
  const note = found.map(({ what, kb }) => `${what} ${kb.toFixed(1)} kB`).join(", ");
  return { problems: tooHeavy(found), note: note || "no client to weigh" };
}
