import { LocalDriver } from "@colyseus/core";
import type { Cluster } from "./cluster.ts";

/** A cluster of one: every room is here, and there is nobody to tell. */
export function alone(): Cluster {
  const nothing = () => Promise.resolve();
  return {
    driver: new LocalDriver(),
    whereabouts: {
      of: () => Promise.resolve({ here: true }),
      suspect: nothing,
      addressOf: () => Promise.resolve(undefined),
    },
    hints: { send: () => undefined },
    listen: () => undefined,
    makeWay: () => Promise.resolve(false),
    join: nothing,
    drain: nothing,
    close: nothing,
  };
}
