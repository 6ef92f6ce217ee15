import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { commandLine, isAlive } from "./process-identity.ts";
import { postmaster, stopProcess } from "./server-process.ts";
import type { Say } from "./say.ts";

/**
 * Ends the PostgreSQL of a Roomdesk that was killed. Called with the folder's lock held, so nobody else can want it.
 * Replaced rather than adopted: a server we did not start has settings and a parent we do not know.
 */
export async function endOrphan(data: string, say: Say): Promise<void> {
  const found = postmaster(data);
  if (found === undefined) return;
  if (isAlive(found.pid) && commandLine(found.pid).includes(data)) {
    say(`PostgreSQL (process ${found.pid}) was left behind by a Roomdesk that was killed; it is replaced`);
    await stopProcess(found.pid, gone(found.pid));
  } else {
    // PostgreSQL itself would refuse for as long as anybody has this number.
    rmSync(join(data, "postmaster.pid"), { force: true });
  }
}

/** It is not our child, so nobody tells us. */
async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(10);
}
