import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { monotonicMs } from "../../history/lines.ts";
import type { ChaosNode } from "./chaos-node.ts";
import type { World } from "./world.ts";

/** What a node calls its database when it has a PostgreSQL to itself. */
const database = "roomdesk";
const readyWithinMs = 60_000;

/** The PostgreSQL inside a node's data folder, as its lock file says: its process and, while it runs, its port. */
export function embeddedPostgres(dataFolder: string): { pid: number; port: number } {
  const [pid, , , port] = readFileSync(join(dataFolder, "postgres", "postmaster.pid"), "utf8").split("\n");
  return { pid: Number(pid), port: Number(port) };
}

/** The superuser's address; the port is another after every start. */
export function embeddedUrl(dataFolder: string): string {
  const password = readFileSync(join(dataFolder, "postgres.password"), "utf8").trim();
  return `postgresql://postgres:${password}@127.0.0.1:${embeddedPostgres(dataFolder).port}/${database}`;
}

/** The same database, made in a PostgreSQL that no node has had yet. */
export async function makeEmbeddedDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${database}`);
  await client.end();
}

export const inEmbeddedDatabase = (url: string): string => url.replace(/\/postgres$/, `/${database}`);

/** The one node and the PostgreSQL inside it are killed in turns, so many times each, while people talk. */
export async function killBoth(world: World, times: number): Promise<void> {
  const [node] = world.nodes;
  if (!node) throw new Error("There is no node");
  for (let round = 1; round <= times; round += 1) {
    await delay(world.dice.roll(1500));
    await killNode(world, node);
    await delay(world.dice.roll(1500));
    await killPostgres(world, node);
    if (round % 5 === 0) world.say(`killed both ${round} times`);
  }
}

async function killNode({ desk, did }: World, node: ChaosNode): Promise<void> {
  const from = monotonicMs();
  await node.node.kill();
  did({ injection: "kill9", targets: [node.nodeId], from, until: from });
  await node.start();
  desk.guard.watch(embeddedPostgres(node.node.dataFolder).pid);
}

async function killPostgres({ desk, did }: World, node: ChaosNode): Promise<void> {
  const from = monotonicMs();
  const { pid } = embeddedPostgres(node.node.dataFolder);
  process.kill(pid, "SIGKILL");
  await until(async () => embeddedPostgres(node.node.dataFolder).pid !== pid && (await node.isReady()));
  did({ injection: "postgresRestarted", targets: ["postgres"], from, until: monotonicMs(), detail: "kill -9" });
  desk.guard.watch(embeddedPostgres(node.node.dataFolder).pid);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const late = performance.now() + readyWithinMs;
  // Between two lives there is no lock file, or half of one.
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > late) throw new Error("PostgreSQL did not come back");
    await delay(50);
  }
}
