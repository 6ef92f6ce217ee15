import type { OpenPorts } from "#server/open-ports.ts";
import { readConfig } from "#server/config.ts";
import { main, type Around } from "#server/main.ts";
import { monotonicMs, type Noted } from "../history/lines.ts";
import { HistoryWriter } from "../history/writer.ts";
import { CrashPoints } from "./node/crash-points.ts";
import { NotingWitness } from "./node/noting-witness.ts";
import { isNodeCrashPoint, type NodeOrder } from "./node/orders.ts";
import { WatchedLog } from "./node/watched-log.ts";
import { WithoutFence } from "./node/without-fence.ts";
import { notePauses } from "./pauses.ts";

// The real server as a process, with somebody who writes down what passes its log and what its rooms say. It can be told
// to die at a point of its program, or to let nothing run for a while; it never decides that itself.

const { CHAOS_CRASH_AT, CHAOS_HISTORY = "", CHAOS_ROOT = "", CHAOS_WITHOUT_FENCE, CHAOS_DATABASE = "" } = process.env;
const history = new HistoryWriter(CHAOS_HISTORY);
const crash = new CrashPoints();
if (CHAOS_CRASH_AT && isNodeCrashPoint(CHAOS_CRASH_AT)) crash.arm(CHAOS_CRASH_AT, 1);
let who = `starting-${process.pid}`;

process.on("message", (order: NodeOrder) => {
  if ("crashAt" in order) crash.arm(order.crashAt, order.after);
  else block(order.blockMs);
});
process.on("disconnect", () => process.exit(1)); // whoever started us is gone
process.on("unhandledRejection", (failure) => trouble("rejection", failure));
process.on("uncaughtExceptionMonitor", (failure) => trouble("exception", failure));
process.on("warning", (warning) => trouble("warning", warning));
notePauses(
  () => who,
  (noted) => history.note(noted),
  { beatMs: 100, leastMs: 400 },
);

const around: Around = (ports, nodeId) => {
  who = nodeId;
  const note = (noted: Noted) => history.note(noted);
  note({ what: "node", who, pid: process.pid });
  process.send?.({ nodeId });
  const watch = { nodeId, note, crash };
  return { ports: watched(ports, watch), witness: new NotingWitness(watch) };
};

const started = main(readConfig(), CHAOS_ROOT, console.log, around);
process.once("SIGTERM", () => void end());
await started;

function watched(ports: OpenPorts, watch: ConstructorParameters<typeof WatchedLog>[1]): OpenPorts {
  const log = CHAOS_WITHOUT_FENCE === "1" ? new WithoutFence(ports.log, CHAOS_DATABASE) : ports.log;
  return { ...ports, log: new WatchedLog(log, watch) };
}

async function end(): Promise<void> {
  history.note({ what: "drain", who, phase: "begin" });
  setTimeout(() => process.exit(1), 15_000).unref();
  const server = await started;
  await server.stop();
  history.note({ what: "drain", who, phase: "end" });
  process.exit(0);
}

function trouble(kind: "rejection" | "exception" | "warning", failure: unknown): void {
  const message = failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
  history.note({ what: "trouble", who, kind, message });
}

function block(ms: number): void {
  const until = monotonicMs() + ms;
  while (monotonicMs() < until); // nothing else may run: that is the fault
}
