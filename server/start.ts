import { enableCompileCache, flushCompileCache } from "node:module";
import { dirname, join } from "node:path";
import { Refused } from "#db/refused.ts";
import { InvalidSetting, readConfig, settingsOf } from "./config.ts";
import type { Started } from "./main.ts";
import { CannotStart } from "./refused.ts";

const stopWithinMs = 15_000;
const sameMomentMs = 1000;

const starting = begin();
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void end(signal));

async function begin(): Promise<Started> {
  try {
    const root = dirname(import.meta.dirname);
    const [file] = process.argv.slice(2); // `npm start` names .env; a test or a container has its settings from outside
    const config = readConfig(settingsOf(file === undefined ? undefined : join(root, file)));
    enableCompileCache(join(root, "node_modules/.cache/roomdesk")); // a restart reads a thousand files in half the time
    // Only now: a wrong setting is said before a thousand files are read.
    const { main } = await import("./main.ts");
    const started = await main(config, root, console.log);
    flushCompileCache(); // now, since a desk may be killed before it exits
    return started;
  } catch (failure) {
    const isForPeople = [InvalidSetting, CannotStart, Refused].some((kind) => failure instanceof kind);
    console.error("Roomdesk cannot start:", isForPeople ? (failure as Error).message : failure);
    process.exit(1);
  }
}

/** Drains; the same signal again, or fifteen seconds, ends it where it stands. What was acknowledged is kept either way. */
async function end(signal: NodeJS.Signals): Promise<void> {
  console.log("stopping");
  // npm and a terminal both pass Ctrl-C on: what comes within the same moment is the same Ctrl-C.
  process.on(signal, () => undefined);
  setTimeout(() => process.once(signal, () => process.exit(1)), sameMomentMs).unref();
  setTimeout(() => process.exit(1), stopWithinMs).unref();
  const started = await starting;
  await started.stop();
  console.log("stopped");
  process.exit(0);
}
