import { existsSync } from "node:fs";
import { join } from "node:path";
import { cruise as cruiseFiles, type ICruiseResult } from "dependency-cruiser";
import { entries } from "./entries.ts";
import { rules } from "./rules.ts";
import { beside, ladder } from "./table.ts";

/** Reads every import under `root`, types included, and holds it against the ladder. */
export async function cruise(root: string): Promise<ICruiseResult> {
  const starts = entries(root);
  const folders = [...Object.keys(ladder), ...beside].filter((folder) => existsSync(join(root, folder)));
  const { output } = await cruiseFiles(
    [...new Set([...folders, ...starts.filter((start) => !start.includes("/"))])],
    {
      baseDir: root,
      ruleSet: { forbidden: rules(starts) },
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: { path: "node_modules" },
      exclude: { path: "^dist/" },
      outputType: "json",
    },
    { exportsFields: ["exports"], conditionNames: ["import", "node", "default"], extensions: [".ts", ".js", ".d.ts"] },
  );
  return (typeof output === "string" ? JSON.parse(output) : output) as ICruiseResult;
}

/** One line per violation, worst readers first: who, what it reached for, and the rule in words. */
export function sentences(result: ICruiseResult): string[] {
  const why = new Map(result.summary.ruleSetUsed?.forbidden?.map((rule) => [rule.name, rule.comment]) ?? []);
  return result.summary.violations.map(({ from, to, rule, cycle }) => {
    const reached = cycle ? cycle.map((step) => step.name).join(" → ") : to;
    return `${rule.name}: ${from}${reached === from ? "" : ` → ${reached}`} (${why.get(rule.name) ?? ""})`;
  });
}
