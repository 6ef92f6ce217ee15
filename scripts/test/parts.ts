import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { JSONReport } from "@playwright/test/reporter";
import { root, toolPath } from "../run.ts";
import { runAloud } from "./child.ts";
import { countPlaywright } from "./playwright-tally.ts";
import { countChaos, type ChaosResult } from "./chaos-tally.ts";
import { failure, nothing, type Tally } from "./tally.ts";

export const partNames = ["check", "build", "unit", "db", "rooms", "components", "e2e", "chaos"] as const;
export type PartName = (typeof partNames)[number];

const minute = 60_000;
const reports = join(root, "reports");

export async function runPart(part: PartName, env: NodeJS.ProcessEnv): Promise<Tally> {
  mkdirSync(reports, { recursive: true });
  if (part === "check") return runCheck(env);
  if (part === "build") return runBuild(env);
  if (part === "e2e") return runPlaywright(env);
  if (part === "chaos") return runChaos(env);
  return runVitest(part, env);
}

async function runCheck(env: NodeJS.ProcessEnv): Promise<Tally> {
  const file = fresh("check.json");
  const ended = await runAloud(process.execPath, ["scripts/check.ts", "--json", file], { env, limitMs: 5 * minute });
  return settle("check", ended, file, (text) => {
    const { passed, steps } = JSON.parse(text) as { passed: number; steps: { name: string; problems: string[] }[] };
    const failures = steps.filter((step) => step.problems.length > 0).map((step) => `check › ${step.name}`);
    return { ...nothing, passed, failed: failures.length, failures };
  });
}

async function runBuild(env: NodeJS.ProcessEnv): Promise<Tally> {
  const { code } = await runAloud(process.execPath, ["scripts/build.ts"], { env, limitMs: 5 * minute });
  return code === 0 ? { ...nothing, passed: 1 } : failure("build");
}

async function runVitest(project: string, env: NodeJS.ProcessEnv): Promise<Tally> {
  const file = fresh(`${project}.json`);
  const reporters = ["--reporter=default", "--reporter", "./scripts/test/vitest-tally.ts"];
  const args = [toolPath("vitest"), "run", "--project", project, "--passWithNoTests", ...reporters];
  const ended = await runAloud(process.execPath, args, { env: { ...env, TALLY_FILE: file }, limitMs: 8 * minute });
  return settle(project, ended, file, (text) => JSON.parse(text) as Tally);
}

async function runPlaywright(env: NodeJS.ProcessEnv): Promise<Tally> {
  const file = fresh("e2e.json");
  const args = [toolPath("playwright"), "test", "--reporter=list,json", "--pass-with-no-tests"];
  const ended = await runAloud(process.execPath, args, {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    limitMs: 15 * minute,
  });
  return settle("e2e", ended, file, (text) => countPlaywright(JSON.parse(text) as JSONReport));
}

/** Always the same faults at the same times, as far as a machine repeats itself; other seeds are run by hand. */
const shortRun = ["--seed", "20261122", "--seconds", "90", "--nodes", "3", "--customers", "4", "--rate", "10"];

async function runChaos(env: NodeJS.ProcessEnv): Promise<Tally> {
  const file = fresh("chaos.json");
  const args = ["loadtest/chaos.ts", ...shortRun, "--json", file];
  const ended = await runAloud(process.execPath, args, { env, limitMs: 8 * minute });
  return settle("chaos", ended, file, (text) => countChaos(JSON.parse(text) as ChaosResult));
}

function fresh(name: string): string {
  const file = join(reports, name);
  rmSync(file, { force: true });
  return file;
}

/** A run that ended badly without naming a failed test has failed all the same, and one without tests proved nothing. */
function settle(
  part: string,
  { code, tookTooLong }: { code: number; tookTooLong: boolean },
  file: string,
  count: (text: string) => Tally,
): Tally {
  if (tookTooLong) return failure(`${part} took too long and was ended`);
  if (!existsSync(file)) return failure(`${part} ended with ${code} and left no report`);
  const tally = count(readFileSync(file, "utf8"));
  if (code !== 0 && tally.failed === 0) {
    return { ...tally, failed: 1, failures: [`${part} ended with ${code} though no test failed`] };
  }
  const empty = tally.passed + tally.failed + tally.skipped.length === 0;
  return empty ? { ...nothing, skipped: [{ title: part, why: "there are no tests" }] } : tally;
}
