import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Lets another process write into an outbox, kills it in the middle, and gives what it had said to be kept. */
export async function killedWriter(path: string, afterTexts = 20): Promise<readonly string[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "writes-until-killed-node.ts"), path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.split("\n").length > afterTexts) break;
  }
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return said.split("\n").slice(0, -1);
}
