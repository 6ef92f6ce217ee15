import { dirname } from "node:path";
import { Refused } from "#db/refused.ts";
import { InvalidSetting, readConfig } from "./config.ts";
import { described } from "./logger.ts";
import { main, type Started } from "./main.ts";
import { CannotStart } from "./refused.ts";

const stopWithinMs = 15_000;

const starting = begin();
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void end(signal));
// Somebody's request may have failed unheard; everybody else's conversation goes on.
process.on("unhandledRejection", (failure) => {
  console.error(JSON.stringify({ event: "fault", where: "unhandled", ...described(failure) }));
});

async function begin(): Promise<Started> {
  try {
    return await main(readConfig(), dirname(import.meta.dirname), console.log);
  } catch (failure) {
    const isForPeople = [InvalidSetting, CannotStart, Refused].some((kind) => failure instanceof kind);
    console.error("Roomdesk cannot start:", isForPeople ? (failure as Error).message : failure);
    process.exit(1);
  }
}

/** Drains; the same signal again, or fifteen seconds, ends it where it stands. What was acknowledged is kept either way. */
async function end(signal: NodeJS.Signals): Promise<void> {
  console.log("stopping");
  process.once(signal, () => process.exit(1));
  setTimeout(() => process.exit(1), stopWithinMs).unref();
  const started = await starting;
  await started.stop();
  console.log("stopped");
  process.exit(0);
}
