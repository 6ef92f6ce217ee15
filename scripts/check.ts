import { availableParallelism } from "node:os";
import { writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import { docs } from "./check/docs.ts";
import { ladder } from "./check/ladder.ts";
import { sizes } from "./check/sizes.ts";
import { format, lint, types } from "./check/tools.ts";
import { describeStep, runSteps, type Step } from "./step.ts";

const steps: Step[] = [
  { name: "format", run: format },
  { name: "lint", run: lint },
  { name: "types", run: types },
  { name: "ladder", run: ladder },
  { name: "sizes", run: sizes },
  { name: "docs", run: docs },
];

const command = new Command("npm run check --")
  .description("Format, lint, types, the ladder, sizes of the bundles, docs: seconds, no server.")
  .addOption(new Option("--only <step>", "run one step").choices(steps.map((step) => step.name)))
  .option("--json <file>", "write the result there")
  .allowExcessArguments(false)
  .parse();
const { only, json } = command.opts<{ only?: string; json?: string }>();

const chosen = steps.filter((step) => !only || step.name === only);
const results = await runSteps(chosen, Math.min(2, availableParallelism()), (result) =>
  console.log(describeStep(result)),
);

const failed = results.filter((result) => result.problems.length > 0).length;
const passed = results.length - failed;
if (json) writeFileSync(json, JSON.stringify({ passed, failed, steps: results }, null, 2));
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed > 0 ? 1 : 0;
