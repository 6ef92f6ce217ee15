import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { dumpDatabase } from "./history/dump.ts";
import { HistoryWriter } from "./history/writer.ts";
import { inEmbeddedDatabase, killBoth } from "./chaos/run/embedded.ts";
import { healAndWait } from "./chaos/run/heal.ts";
import { Lateness } from "./chaos/run/lateness.ts";
import { arsenal, rage } from "./chaos/run/nemesis.ts";
import { commandOf, readOptions, type Options } from "./chaos/run/options.ts";
import { tellOutcome } from "./chaos/run/outcome.ts";
import { setStage } from "./chaos/run/stage.ts";
import type { World } from "./chaos/run/world.ts";

const options = readOptions(process.argv.slice(2));
const began = performance.now();
const say = (line: string): void =>
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);
say(`seed ${options.seed}`);
process.exitCode = await chaos(options);

async function chaos(options: Options): Promise<number> {
  const folder = options.keep ? resolve(options.keep) : mkdtempSync(join(tmpdir(), "roomdesk-chaos-"));
  mkdirSync(folder, { recursive: true });
  const history = new HistoryWriter(join(folder, "nemesis.jsonl"));
  const lateness = new Lateness();
  const world = await setStage(options, { folder, history, say });
  try {
    noteRun(options, world, history);
    const { faults, reasons } = arsenal(world, options.only);
    const progress = setInterval(() => sayProgress(world), 10_000);
    const harm = options.embedded ? killBoth(world, options.times) : rage(world, faults);
    await harm.finally(() => clearInterval(progress));
    const late = [...(await healAndWait(world, history)), ...world.crews.flatMap(({ crashes }) => crashes)];
    await endEverybody(world, folder);
    lateness.stop();
    const isHeld = tellOutcome(options, { folder, late, reasons, crashPoints: world.crashPoints, lateness });
    if (!isHeld) console.error(`Something did not hold. The histories are in ${folder}; again: ${commandOf(options)}`);
    else if (!options.keep) rmSync(folder, { recursive: true, force: true });
    return isHeld ? 0 : 1;
  } finally {
    lateness.stop();
    history.close();
    await world.desk.close();
  }
}

function noteRun(options: Options, { crews }: World, history: HistoryWriter): void {
  const { seed, seconds, nodes } = options;
  const people = crews.flatMap(({ plan }) => plan.devices).length;
  history.note({ what: "run", who: "nemesis", seed, seconds, nodes, people, command: commandOf(options) });
}

function sayProgress({ nodes }: World): void {
  const states = nodes.map((node) => (node.isRunning ? (node.isBusy ? "breaking" : "up") : "down"));
  say(`nodes ${states.join(", ")}`);
}

/** Nobody may write any more when the database is read. */
async function endEverybody({ crews, nodes, desk, proxies, isEmbedded }: World, folder: string): Promise<void> {
  await Promise.all(crews.map((crew) => crew.child.kill()));
  await Promise.all(nodes.map((node) => node.node.terminate()));
  await Promise.all(proxies.map((proxy) => proxy.close()));
  if (!desk.postgres.isRunning) await desk.postgres.start(); // the one inside a node has ended with it
  const history = new HistoryWriter(join(folder, "dump.jsonl"));
  const url = isEmbedded ? inEmbeddedDatabase(desk.postgres.url) : desk.postgres.url;
  await dumpDatabase({ url, secret: desk.secret, history });
  history.close();
}
