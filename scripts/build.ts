import { Command } from "commander";
import { writeFileSync } from "node:fs";
import { buildClients } from "./build/clients.ts";
import { tooHeavy, weights, weightTable } from "./build/weights.ts";
import { root } from "./run.ts";

const command = new Command("npm run build --")
  .description("Builds the widget and the workspace into dist/, and weighs them. Does nothing when nothing changed.")
  .option("--force", "build even if no source has changed")
  .option("--json <file>", "write the weights there")
  .allowExcessArguments(false)
  .parse();
const { force, json } = command.opts<{ force?: boolean; json?: string }>();

const built = await buildClients(root, force).catch((fault: unknown) => {
  console.error(fault instanceof Error ? fault.message : fault);
  process.exit(1);
});
const { bundles, fresh } = built;
const found = weights(bundles);
if (json) writeFileSync(json, JSON.stringify({ fresh, weights: found }, null, 2));
console.log(weightTable(found));
console.log(
  fresh ? `built ${bundles.map((bundle) => bundle.client).join(" and ")}` : "nothing changed since the last build",
);

const broken = tooHeavy(found);
for (const sentence of broken) console.error(sentence);
process.exitCode = broken.length > 0 ? 1 : 0;
