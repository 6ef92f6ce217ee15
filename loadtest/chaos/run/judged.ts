import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Result = { readonly invariants?: Readonly<Record<string, string>>; readonly verdicts?: unknown };
export type Judged = { readonly code: number; readonly result: Result; readonly report: string };

/** The judge is a program of its own: it reads the histories, and nothing else. */
export function judged(folder: string): Judged {
  const file = join(folder, "result.json");
  const program = join(import.meta.dirname, "../../checker/check.ts");
  const ran = spawnSync(process.execPath, [program, folder, "--json", file], { encoding: "utf8", maxBuffer: 1e9 });
  const result = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Result) : {};
  return { code: ran.status ?? 2, result, report: `${ran.stdout}${ran.stderr}` };
}

/** What the nodes themselves called a fault: a bug or an outage that was not foreseen. */
export function faultsOf(folder: string): string[] {
  return globSync(join(folder, "node*.log")).flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line.includes('"event":"fault"')),
  );
}
