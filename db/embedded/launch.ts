import { setTimeout as delay } from "node:timers/promises";
import { dataFolder } from "./cluster.ts";
import type { Foothold } from "./foothold.ts";
import { freePort } from "./free-port.ts";
import type { Say } from "./say.ts";
import { startServer, StartFailed, type ServerProcess, type ServerSettings } from "./server-process.ts";

/** The longest path a UNIX socket may have, less its name. */
const longestSocketFolder = 107 - "/.s.PGSQL.65535".length;

/** Starts on a port that was free a moment ago, and on another one if somebody was faster. */
export async function launch(foothold: Foothold, durable: boolean, say: Say) {
  const data = dataFolder(foothold);
  const socketFolder = Buffer.byteLength(data) <= longestSocketFolder ? data : undefined;
  for (let tries = 1; ; tries++) {
    const settings = { port: await freePort(), socketFolder, durable };
    try {
      return { settings, server: await relaunch(foothold, settings, say) };
    } catch (error) {
      if (tries === 5 || !(error instanceof StartFailed && error.log.includes("could not bind"))) throw error;
    }
  }
}

/** Starts where it was before: the connections that wait for it know no other place. */
export async function relaunch(foothold: Foothold, settings: ServerSettings, say: Say): Promise<ServerProcess> {
  const patience = setInterval(() => say("PostgreSQL is still starting (after an accident it repeats its log)"), 5000);
  try {
    for (let tries = 1; ; tries++) {
      try {
        return await startServer(foothold, settings);
      } catch (error) {
        // After kill -9 its children need a moment to notice; until then the data are not free.
        if (tries === 50 || !(error instanceof StartFailed && error.log.includes("still in use"))) throw error;
        await delay(100);
      }
    }
  } finally {
    clearInterval(patience);
  }
}

/** The superuser's address; over the socket where there is one, which no other account can even see. */
export function superuserUrl({ port, socketFolder }: ServerSettings, password: string): string {
  const path = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  return socketFolder === undefined ? path : `${path}?host=${encodeURIComponent(socketFolder)}`;
}
