import type { MatchMakerDriver } from "@colyseus/core";
import type { Ear, Hints } from "./hint-exchange.ts";
import type { Whereabouts } from "./whereabouts.ts";

/** What the rooms of a process know of the other processes. */
export interface Cluster {
  readonly driver: MatchMakerDriver;
  readonly whereabouts: Whereabouts;
  readonly hints: Hints;
  /** What others tell is for this ear. */
  listen(ear: Ear): void;
  /** Makes way for a room of ours where another node's is listed; false when that node is really there. */
  makeWay(roomId: string, nodeId: string): Promise<boolean>;
  /** This node listens at an address: others may send people here from now on. */
  join(address: string): Promise<void>;
  /** No room is made here any more. */
  drain(): Promise<void>;
  close(): Promise<void>;
}
