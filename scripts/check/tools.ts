import { globSync } from "node:fs";
import { root, runTool, type Ran } from "../run.ts";
import type { Findings } from "../step.ts";

export async function format(): Promise<Findings> {
  const { code, output } = await runTool("prettier", ["--check", ".", "--log-level", "warn"]);
  return found(code, output.replaceAll(/^\[warn\] /gm, "").trim(), "run `npm run format`");
}

export async function lint(): Promise<Findings> {
  const { code, output } = await runTool("eslint", [".", "--max-warnings", "0", "--format", "stylish"]);
  return found(code, output.trim());
}

const environments = ["pure", "node", "browser", "mixed"];

/** One compiler run per environment, each knowing only what exists there. */
export async function types(): Promise<Findings> {
  const runs: Ran[] = [];
  for (const environment of environments) {
    runs.push(await runTool("tsc", ["--noEmit", "--pretty", "false", "-p", `tsconfig.${environment}.json`]));
  }
  const lines = runs.filter((run) => run.code !== 0).flatMap((run) => run.output.trim().split("\n"));
  return { problems: [...new Set([...lines, ...(await unseen())])] };
}

/** A file no environment compiles would be checked by nobody. */
async function unseen(): Promise<string[]> {
  const listings = environments.map((environment) =>
    runTool("tsc", ["--showConfig", "-p", `tsconfig.${environment}.json`]),
  );
  const seen = new Set(
    (await Promise.all(listings)).flatMap(({ output }) =>
      [...output.matchAll(/"\.\/(.*\.ts)"/g)].map(([, file]) => file),
    ),
  );
  return globSync("**/*.ts", { cwd: root, exclude: (name) => ignored.has(name) })
    .filter((file) => !seen.has(file))
    .map((file) => `${file}: no tsconfig.*.json includes this file`);
}

const ignored = new Set([
  "node_modules",
  "dist",
  "reports",
  "test-results",
  "playwright-report",
  "coverage",
  ".roomdesk",
]);

function found(code: number, output: string, hint = ""): Findings {
  if (code === 0) return { problems: [] };
  return { problems: [output || `ended with ${code} and said nothing`, ...(hint ? [hint] : [])] };
}
