import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export const root = dirname(import.meta.dirname);

export type Ran = { code: number; output: string };

/** Runs a tool of ours under this very Node, and gives what it printed. */
export function runTool(tool: Tool, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return run(process.execPath, [toolPath(tool), ...args], env);
}

export function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, FORCE_COLOR: "0", NO_COLOR: "1", ...env },
    });
    const printed: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => printed.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => printed.push(chunk));
    child.once("error", reject);
    child.once("close", (code, signal) => {
      const output = Buffer.concat(printed).toString();
      resolve({ code: code ?? 1, output: signal ? `${output}\nended by ${signal}` : output });
    });
  });
}

export type Tool = keyof typeof tools;

// Asked for by package and file rather than through node_modules/.bin: those start with `env node`, which need not be ours.
const tools = {
  prettier: ["prettier", "bin/prettier.cjs"],
  eslint: ["eslint", "bin/eslint.js"],
  tsc: ["typescript", "bin/tsc"],
  vitest: ["vitest", "vitest.mjs"],
  playwright: ["@playwright/test", "cli.js"],
} as const;

export function toolPath(tool: Tool): string {
  const [library, file] = tools[tool];
  return join(dirname(createRequire(import.meta.url).resolve(`${library}/package.json`)), file);
}
