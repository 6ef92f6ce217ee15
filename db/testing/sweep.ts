import { globSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { lockFolder } from "../embedded/folder-lock.ts";
import { endOrphan } from "../embedded/orphan.ts";

/** Ends the servers of test runs that were killed, and removes their folders. */
export async function sweepAbandoned(inside: string, prefix: string): Promise<void> {
  for (const lock of globSync(join(inside, `${prefix}*`, "data", "roomdesk.lock"))) {
    const data = dirname(lock);
    try {
      const unlock = await lockFolder(data);
      await endOrphan(join(data, "postgres"), () => undefined);
      unlock();
      rmSync(dirname(data), { recursive: true, force: true });
    } catch {
      // In use, another user's, or removed at this moment by the run it belongs to: none of it is ours to mend.
    }
  }
}
