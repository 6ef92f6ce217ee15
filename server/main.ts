import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import type { Witness } from "#rooms/witness.ts";
import { buildClients } from "./build-clients.ts";
import { buildServer, type RunningServer } from "./build.ts";
import type { Config } from "./config.ts";
import { DemoFile, type Demo } from "./demo/demo-file.ts";
import { demoDesk } from "./demo/seed.ts";
import { createLogger, described } from "./logger.ts";
import { openPorts, type OpenPorts } from "./open-ports.ts";
import { Passwords } from "./passwords.ts";
import { openDataFolder, secretOf } from "./secret.ts";
import { warnings, welcome } from "./welcome.ts";

export type Started = {
  /** Drains and closes everything, in at most fifteen seconds. */
  stop(): Promise<void>;
};

/** What somebody who watches a node puts around its parts, as tests under faults do. */
export type Around = (ports: OpenPorts, nodeId: string) => { readonly ports: OpenPorts; readonly witness?: Witness };

const drainWithinMs = 10_000;
const nobody: Around = (ports) => ({ ports });

/** From settings to a desk that takes connections. */
export async function main(
  config: Config,
  root: string,
  say: (line: string) => void,
  around: Around = nobody,
): Promise<Started> {
  const dataFolder = resolve(root, config.ROOMDESK_DATA);
  openDataFolder(dataFolder);
  const secret = secretOf(dataFolder, config.ROOMDESK_SECRET);
  for (const warning of warnings(config)) say(warning);
  const building = new AbortController();
  // Side by side: both take their second. Settled, so that whichever fails first leaves nothing of the other behind.
  const [built, opened] = await Promise.allSettled([
    buildClients(root, building.signal),
    openPorts({ url: config.DATABASE_URL, dataFolder, secret, say }).catch((failure: unknown) => {
      building.abort();
      throw failure;
    }),
  ]);
  if (opened.status === "rejected") throw opened.reason;
  const ports = opened.value;
  try {
    if (built.status === "rejected") throw built.reason;
    const server = await open(config, ports, { dataFolder, secret, clients: built.value, say, around });
    return { stop: () => stop(server, ports) };
  } catch (failure) {
    await ports.close();
    throw failure;
  }
}

type Place = {
  readonly dataFolder: string;
  readonly secret: string;
  readonly clients: string;
  readonly say: (line: string) => void;
  readonly around: Around;
};

async function open(
  config: Config,
  opened: OpenPorts,
  { dataFolder, secret, clients, say, around }: Place,
): Promise<RunningServer> {
  const nodeId = randomUUID();
  const { ports, witness } = around(opened, nodeId);
  const logger = createLogger(config.LOG_LEVEL);
  // Somebody's request may have failed unheard; everybody else's conversation goes on.
  process.on("unhandledRejection", (failure) =>
    logger.error({ event: "fault", where: "unhandled", ...described(failure) }),
  );
  const file = new DemoFile(dataFolder);
  const world = { passwords: new Passwords(), secret, nodeId, now: Date.now() };
  const demo = config.demo ? await demoDesk(ports, file, world) : undefined;
  const server = await buildServer(ports, {
    host: config.HOST,
    port: config.PORT,
    publicUrl: config.publicUrl,
    trustedProxies: config.TRUST_PROXY,
    rateFactor: config.ROOMDESK_RATE_FACTOR,
    cluster: config.REDIS_URL ? { redisUrl: config.REDIS_URL, nodeUrl: config.ROOMDESK_NODE_URL } : undefined,
    demo: siteOf(demo),
    ...{ secret, clients, nodeId, logger, witness },
  });
  if (demo) file.write(server.url, demo);
  const setupLink = (await ports.setup.isDone()) ? undefined : await server.newSetupLink();
  // In one piece: whoever waits for "ready" has the sign-ins with it.
  say(welcome({ url: server.url, demo, setupLink, isDemoWanted: config.demo }).join("\n"));
  return server;
}

function siteOf(demo: Demo | undefined) {
  const key = demo?.inboxes[0]?.key;
  return key === undefined ? undefined : { inboxKey: key };
}

async function stop(server: RunningServer, ports: OpenPorts): Promise<void> {
  await server.drain(drainWithinMs);
  await server.close();
  await ports.close();
}
