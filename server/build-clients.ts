import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CannotStart } from "./refused.ts";

const pages = ["widget/loader.js", "workspace/index.html"];

/**
 * Brings `dist` up to date as a program of its own: what builds is no part of what serves. Where the builder is not
 * shipped, as in the image, what is there is taken.
 */
export async function buildClients(root: string, stopped: AbortSignal): Promise<string> {
  const clients = join(root, "dist");
  const builder = join(root, "scripts/build.ts");
  const complaint = existsSync(builder) ? await run(root, builder, stopped) : "";
  const missing = pages.filter((page) => !existsSync(join(clients, page)));
  if (missing.length > 0 && !stopped.aborted)
    throw new CannotStart(`The clients are not built: ${missing.join(" and ")} is missing. ${complaint}`.trim());
  if (complaint) console.error(complaint);
  return clients;
}

/** What it had to complain of; empty when it was content. */
function run(cwd: string, builder: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [builder], { cwd, signal, stdio: ["ignore", "ignore", "pipe"] });
    let complaint = "";
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    child.once("error", (failure) => resolve(failure.message));
    child.once("close", (code) => resolve(code === 0 ? "" : complaint.trim()));
  });
}
