import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { limits } from "#protocol/limits.ts";
import { refusals } from "#protocol/refusals.ts";
import { settingNames } from "#server/config.ts";
import { budgets } from "../build/budgets.ts";
import { drawingProblems } from "../docs/drawing.ts";
import { numberProblems } from "../docs/numbers.ts";
import { pageProblems } from "../docs/pages.ts";
import { refusalProblems } from "../docs/refusals.ts";
import { ruleProblems } from "../docs/rule-ids.ts";
import { settingProblems } from "../docs/settings.ts";
import { root } from "../run.ts";
import type { Findings } from "../step.ts";

const spec = "core/SPEC.md";
const ours = "{protocol,core,db,assistant,rooms,server,client-*,loadtest,scripts,e2e}";

/** What the pages say is what the code does. */
export async function docs(): Promise<Findings> {
  const pages = globSync(["*.md", "docs/**/*.md", `${ours}/**/*.md`], { cwd: root });
  const tests = globSync([`${ours}/**/*.{test,contract,spec}.ts`, "core/contract/**/*.ts"], { cwd: root });
  const sources = {
    limits,
    budgets: Object.fromEntries(budgets.map(({ what, maxKb }) => [what.replaceAll(/\W+/g, "_"), maxKb])),
  };
  return {
    problems: [
      ...ruleProblems(existsSync(join(root, spec)) ? read(spec) : "", new Map(tests.map((test) => [test, read(test)]))),
      ...refusalProblems(refusals),
      ...settingProblems(read(".env.example"), settingNames),
      ...pages.flatMap((page) => numberProblems(page, read(page), sources)),
      ...pageProblems(root, pages),
      ...(await drawingProblems(root)),
    ],
    note: `${pages.length} pages`,
  };
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}
