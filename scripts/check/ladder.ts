import { cruise, sentences } from "../ladder/cruise.ts";
import { root } from "../run.ts";
import type { Findings } from "../step.ts";

export async function ladder(): Promise<Findings> {
  const result = await cruise(root);
  return { problems: sentences(result), note: `${result.summary.totalCruised} files` };
}
