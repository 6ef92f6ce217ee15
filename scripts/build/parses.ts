import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

// Vite 8 leaves standard decorators and `accessor` as they are: the build is green and no engine can read the bundle.
const untransformed = /[{;}]\s*(static\s+)?accessor\s+[\w$#["']/;

/** Sentences about scripts no browser could read. */
export function unreadable(folder: string): string[] {
  return globSync("**/*.js", { cwd: folder }).flatMap((name) => {
    const file = join(folder, name);
    if (untransformed.test(readFileSync(file, "utf8"))) return [`${name} still holds the keyword \`accessor\``];
    return parses(file) ? [] : [`${name} is not valid JavaScript`];
  });
}

function parses(file: string): boolean {
  try {
    execFileSync(process.execPath, ["--check", file], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
