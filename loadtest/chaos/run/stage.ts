import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Desk } from "../../desk/desk.ts";
import { redisProgram } from "../../desk/redis.ts";
import { watchDatabase } from "../../history/database-witness.ts";
import type { HistoryWriter } from "../../history/writer.ts";
import { FaultProxy } from "../../net/fault-proxy.ts";
import { Dice } from "../dice.ts";
import { Admin } from "./admin.ts";
import { ChaosNode } from "./chaos-node.ts";
import { WallClock } from "./clock.ts";
import { CrewProcess } from "./crews.ts";
import { Disk } from "./disk.ts";
import { embeddedUrl, inEmbeddedDatabase, makeEmbeddedDatabase } from "./embedded.ts";
import type { Options } from "./options.ts";
import { crewCount, crewPlans, shareOut } from "./people-of.ts";
import { hire, type House } from "./staff.ts";
import type { Done, World } from "./world.ts";

type Place = { readonly folder: string; readonly history: HistoryWriter; readonly say: (line: string) => void };

const clients = ["widget/loader.js", "workspace/index.html"];

/** Everything started, everybody in their conversations, and nothing broken yet. */
export async function setStage(options: Options, { folder, history, say }: Place): Promise<World> {
  const clock = new WallClock(folder);
  const { desk, disk } = await openDesk(options, folder, clock);
  try {
    const house = await prepare(options, desk);
    const nodes = desk.nodes.map((node) => new ChaosNode(node));
    await Promise.all(nodes.map((node) => node.start()));
    say(`${nodes.length} nodes, PostgreSQL and Redis run in ${desk.folder}`);
    const ways = Array.from({ length: crewCount(options) }, () => FaultProxy.open(desk.balancer.port));
    const proxies = await Promise.all(ways);
    const crews = await startCrews(options, { desk, proxies, folder, house });
    say(`${crews.flatMap(({ plan }) => plan.devices).length} people talk`);
    return {
      ...{ admin: adminOf(options, desk), isEmbedded: options.embedded },
      ...{ desk, nodes, crews, proxies, clock, disk, say, seconds: options.seconds },
      ...{ dice: new Dice(options.seed), crashPoints: new Map<string, number>() },
      did: ({ targets, ...done }: Done) =>
        history.note({ what: "did", who: "nemesis", ...done, targets: [...targets] }),
    };
  } catch (failure) {
    await desk.close();
    throw failure;
  }
}

/** Tables, people and witnesses. A PostgreSQL that is to live inside the node is then left to it. */
async function prepare({ agents, embedded }: Options, { postgres, secret, folder }: Desk): Promise<House> {
  if (embedded) await makeEmbeddedDatabase(postgres.url);
  const url = embedded ? inEmbeddedDatabase(postgres.url) : postgres.url;
  const house = await hire(url, secret, folder, agents);
  await new Admin(() => url).prepare();
  await watchDatabase(url);
  if (embedded) await postgres.stop();
  return house;
}

const adminOf = ({ embedded }: Options, { postgres, nodes }: Desk): Admin =>
  new Admin(() => (embedded ? embeddedUrl(nodes[0]?.dataFolder ?? "") : postgres.url));

async function openDesk(options: Options, folder: string, clock: WallClock): Promise<{ desk: Desk; disk: Disk }> {
  const turnsClock = !options.only || options.only.includes("clockStep");
  let disk: Disk | undefined;
  const desk = await Desk.open({
    nodes: options.nodes,
    redis: redisProgram() !== undefined && !options.embedded,
    program: join(import.meta.dirname, "../node.ts"),
    talks: true,
    logFolder: folder,
    env: nodeEnv(options, folder, turnsClock ? clock.env : {}),
    nodeEnv: (name, databaseUrl) => ({
      ...{ ROOMDESK_DEMO: "0", CHAOS_HISTORY: join(folder, `${name}.jsonl`), CHAOS_DATABASE: databaseUrl },
      ...(options.embedded && { DATABASE_URL: "" }),
    }),
    postgresFolder: (parent, guard) => {
      disk = options.embedded ? Disk.none() : Disk.make(parent, guard);
      return options.embedded ? join(parent, "node1-data") : disk.folder;
    },
  });
  if (!disk) throw new Error("PostgreSQL was opened without a disk");
  return { desk, disk };
}

/** The clients are not what is tested: stubs stand in for them, or every start would look whether they are up to date. */
function nodeEnv({ fence }: Options, folder: string, more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  for (const file of clients) {
    const path = join(folder, "dist", file);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, "");
  }
  return {
    ...{ CHAOS_ROOT: folder, CHAOS_WITHOUT_FENCE: fence ? "0" : "1", ROOMDESK_RATE_FACTOR: "20" },
    ...more,
  };
}

type Parts = {
  readonly desk: Desk;
  readonly proxies: readonly FaultProxy[];
  readonly folder: string;
  readonly house: House;
};

async function startCrews(options: Options, { desk, proxies, folder, house }: Parts): Promise<CrewProcess[]> {
  const desks = proxies.map(({ url }) => url);
  const plans = crewPlans(options, { folder, desks, house, seed: options.seed });
  const crews = plans.map((plan) => new CrewProcess(plan, desk.guard));
  await Promise.all(crews.map((crew) => crew.start()));
  const staff = crews.filter(({ plan }) => plan.side === "staff");
  const shares = shareOut(
    crews.flatMap(({ conversations }) => conversations),
    staff.length,
  );
  staff.forEach((crew, at) => crew.tell({ does: "look", conversations: shares[at] ?? [] }));
  for (const crew of crews) crew.tell({ does: "talk", perSecond: options.rate / crews.length });
  return crews;
}
