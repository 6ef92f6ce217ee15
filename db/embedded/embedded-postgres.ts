import { mkdirSync, realpathSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { Refused } from "../refused.ts";
import { packagedBinaries } from "./binaries.ts";
import { clusterPassword, dataFolder, prepareCluster } from "./cluster.ts";
import { homeElsewhere, moveOut } from "./elsewhere.ts";
import { lockFolder } from "./folder-lock.ts";
import { findFoothold, type Foothold, type Way } from "./foothold.ts";
import { freePort } from "./free-port.ts";
import { endOrphan } from "./orphan.ts";
import { startServer, StartFailed, type ServerProcess, type ServerSettings } from "./server-process.ts";
import { Supervisor } from "./supervisor.ts";

export type EmbeddedOptions = {
  readonly dataDir: string;
  /** Off only for tests. */
  readonly durable?: boolean;
  /** How root may run it; tests name one. */
  readonly ways?: readonly Way[];
  /** Where root's PostgreSQL lives when it can live in no other way. */
  readonly systemFolder?: string;
  readonly say?: (line: string) => void;
};

export type EmbeddedPostgres = {
  /** The superuser's. */
  readonly url: string;
  readonly home: string;
  readonly way: Way;
  /** Of the server that runs now; another one after an accident. */
  readonly pid: number;
  close(): Promise<void>;
};

/** Roomdesk's own PostgreSQL, its data in `<dataDir>/postgres`. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const say = options.say ?? console.log;
  const dataDir = openFolder(options.dataDir);
  const unlock = lockFolder(dataDir);
  try {
    const foothold = settle(dataDir, options);
    const password = clusterPassword(foothold.home);
    await endOrphan(dataFolder(foothold), say);
    await prepareCluster(foothold, password);
    return await run(foothold, password, { durable: options.durable ?? true, say, unlock });
  } catch (error) {
    unlock();
    throw error;
  }
}

function openFolder(path: string): string {
  try {
    // 0711: PostgreSQL's own account must pass through; what is secret in here is 0600 itself.
    mkdirSync(path, { recursive: true, mode: 0o711 });
    return realpathSync(path);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

const unwritable = (path: string, cause: unknown) =>
  new Refused(
    `The data folder ${path} cannot be written (${(cause as NodeJS.ErrnoException).code ?? "unknown"}). ` +
      "Make it writable for this user, or set ROOMDESK_DATA to another folder.",
    { cause },
  );

function settle(dataDir: string, options: EmbeddedOptions): Foothold {
  const packaged = packagedBinaries();
  const ways = options.ways ?? ["account", "namespace"];
  const inside = homeElsewhere(dataDir) === undefined ? findFoothold(packaged, dataDir, ways) : undefined;
  if (inside) return inside;
  const { binaries, home } = moveOut(packaged, dataDir, options.systemFolder ?? "/var/lib/roomdesk");
  const outside = findFoothold(binaries, home, ["account"]);
  if (!outside) throw new Refused(`PostgreSQL may not run as root and nobody else may enter ${home}.`);
  return { ...outside, says: `${outside.says} in ${home}, for only root may enter ${dataDir}` };
}

type Running = { durable: boolean; say: (line: string) => void; unlock: () => void };

async function run(foothold: Foothold, password: string, { durable, say, unlock }: Running): Promise<EmbeddedPostgres> {
  const started = await startOnFreePort(foothold, durable);
  const again = () => startPatiently(foothold, started.settings);
  const supervisor = new Supervisor(started.server, again, say);
  const interrupt = () => void process.kill(supervisor.pid, "SIGINT"); // the last thing a process that just exits can do
  process.once("exit", interrupt);
  say(`PostgreSQL runs ${foothold.says}`);
  return {
    url: urlOf(started.settings, password),
    home: foothold.home,
    way: foothold.way,
    get pid() {
      return supervisor.pid;
    },
    close: async () => {
      process.off("exit", interrupt);
      await supervisor.close();
      unlock();
    },
  };
}

/** The longest path a UNIX socket may have, less its name. */
const longestSocketFolder = 107 - "/.s.PGSQL.65535".length;

async function startOnFreePort(foothold: Foothold, durable: boolean) {
  const data = dataFolder(foothold);
  const socketFolder = Buffer.byteLength(data) <= longestSocketFolder ? data : undefined;
  for (let tries = 1; ; tries++) {
    const settings = { port: await freePort(), socketFolder, durable };
    try {
      return { settings, server: await startPatiently(foothold, settings) };
    } catch (error) {
      if (tries === 5 || !(error instanceof StartFailed && error.log.includes("could not bind"))) throw error;
    }
  }
}

/** After kill -9 its children need a moment to notice; until then the data are not free. */
async function startPatiently(foothold: Foothold, settings: ServerSettings): Promise<ServerProcess> {
  for (let tries = 1; ; tries++) {
    try {
      return await startServer(foothold, settings);
    } catch (error) {
      if (tries === 50 || !(error instanceof StartFailed && error.log.includes("still in use"))) throw error;
      await delay(100);
    }
  }
}

function urlOf({ port, socketFolder }: ServerSettings, password: string): string {
  const path = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  return socketFolder === undefined ? path : `${path}?host=${encodeURIComponent(socketFolder)}`;
}
