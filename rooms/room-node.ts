import type { Cluster } from "./cluster/cluster.ts";
import type { Sockets } from "./door/sockets.ts";
import type { NodeHeart } from "./node/node-heart.ts";
import type { Reception } from "./node/reception.ts";
import type { Rounds } from "./node/rounds.ts";
import type { Switchboard } from "./node/switchboard.ts";
import type { RoomWorld } from "./ports.ts";

/** What all rooms of this process share. */
export type RoomNode = RoomWorld & {
  readonly cluster: Cluster;
  readonly heart: NodeHeart;
  readonly rounds: Rounds;
  readonly sockets: Sockets;
  readonly switchboard: Switchboard;
  readonly reception: Reception;
};
