import { mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { Refused } from "../refused.ts";
import { packagedBinaries } from "./binaries.ts";
import { clusterPassword, dataFolder, prepareCluster } from "./cluster.ts";
import { homeElsewhere, moveOut } from "./elsewhere.ts";
import { lockFolder } from "./folder-lock.ts";
import { findFoothold, type Foothold, type Way } from "./foothold.ts";
import { launch, relaunch, superuserUrl } from "./launch.ts";
import { endOrphan } from "./orphan.ts";
import type { Say } from "./say.ts";
import { signalIfAlive } from "./server-process.ts";
import { Supervisor } from "./supervisor.ts";

export type EmbeddedOptions = {
  readonly dataDir: string;
  /** Off only for tests. */
  readonly durable?: boolean;
  /** How root may run it where the data are; tests name one. */
  readonly ways?: readonly Way[];
  /** Where root's PostgreSQL lives when it can live in no other way. */
  readonly systemFolder?: string;
  readonly say?: Say;
};

export type EmbeddedPostgres = {
  /** The superuser's. */
  readonly url: string;
  /** The folder its data folder is in. */
  readonly home: string;
  readonly way: Way;
  /** Of the server that runs now; another one after an accident. */
  readonly pid: number;
  close(): Promise<void>;
};

/** Roomdesk's own PostgreSQL, its data in `<dataDir>/postgres`. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const say = options.say ?? console.log;
  const locks = new DisposableStack();
  try {
    const dataDir = openFolder(options.dataDir);
    const home = homeElsewhere(dataDir) ?? dataDir;
    // Both: a copy of the folder has the same link.
    for (const folder of new Set([dataDir, home])) await occupy(folder, locks);
    await endOrphan(join(home, "postgres"), say);
    const foothold = settle(dataDir, options);
    if (foothold.home !== home) await occupy(foothold.home, locks);
    const password = clusterPassword(foothold.home);
    await prepareCluster(foothold, password, say);
    return await run(foothold, password, { durable: options.durable ?? true, say, locks });
  } catch (error) {
    locks.dispose();
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

async function occupy(folder: string, locks: DisposableStack): Promise<void> {
  try {
    locks.defer(await lockFolder(folder));
  } catch (error) {
    throw error instanceof Refused ? error : unwritable(folder, error);
  }
}

const unwritable = (path: string, cause: unknown) =>
  new Refused(
    `The data folder ${path} cannot be written (${(cause as NodeJS.ErrnoException).code ?? String(cause)}). ` +
      "Make it writable for this user, or set ROOMDESK_DATA to another folder.",
    { cause },
  );

/** Where the data are if anybody may run there, else where the system keeps such things. */
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

type Running = { durable: boolean; say: Say; locks: DisposableStack };

async function run(foothold: Foothold, password: string, { durable, say, locks }: Running): Promise<EmbeddedPostgres> {
  const { settings, server } = await launch(foothold, durable, say);
  const supervisor = new Supervisor(server, () => relaunch(foothold, settings, say), say);
  const interrupt = () => signalIfAlive(supervisor.pid, "SIGINT"); // all that a process which just exits can still do
  process.once("exit", interrupt);
  say(`PostgreSQL runs ${foothold.says}, data in ${dataFolder(foothold)}`);
  return {
    url: superuserUrl(settings, password),
    home: foothold.home,
    way: foothold.way,
    get pid() {
      return supervisor.pid;
    },
    close: async () => {
      process.off("exit", interrupt);
      await supervisor.close();
      locks.dispose();
    },
  };
}
