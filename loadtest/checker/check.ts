import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { judge } from "./judge.ts";
import { gather } from "./model/gather.ts";
import { modelOf } from "./model/model.ts";
import { report } from "./report.ts";

const command = new Command("node loadtest/checker/check.ts")
  .description(
    "Reads the histories of a run and the dump of its database, and decides each invariant of delivery. " +
      "Ends with 1 when one is violated, with 2 when there is nothing that could be judged.",
  )
  .argument("<folder>", "where the run's .jsonl files are")
  .option("--json <file>", "writes the result there")
  .allowExcessArguments(false)
  .parse();

process.exitCode = await check(command.args[0] ?? ".", command.opts<{ json?: string }>());

async function check(folder: string, { json }: { json?: string }): Promise<number> {
  const model = modelOf(await gather(folder));
  if (!model.isDumped) {
    console.error(`In ${folder} there is no whole dump of the database, so nothing can be judged.`);
    return 2;
  }
  const result = judge(model);
  if (json) writeFileSync(json, `${JSON.stringify(result, undefined, 2)}\n`);
  console.log(report(result));
  return result.verdicts.some(({ outcome }) => outcome === "violated") ? 1 : 0;
}
