import type { IncomingMessage } from "node:http";
import type { ConversationLog } from "#core/ports/conversation-log.ts";
import type { NodeRegistry } from "#core/ports/node-registry.ts";
import type { Staff } from "#core/ports/staff.ts";
import type { WorkspaceFeed } from "#core/ports/workspace-feed.ts";
import { limits } from "#protocol/limits.ts";
import { systemClock, type Clock } from "./node/clock.ts";
import type { Witness } from "./witness.ts";

/** What the rooms need from the world. */
export type RoomPorts = {
  readonly log: ConversationLog;
  readonly feed: WorkspaceFeed;
  readonly staff: Pick<Staff, "ended" | "list">;
  /** Names this process in claims. */
  readonly nodeId: string;
  readonly report: Report;
  /** What this process shares with others; without it, it is alone. */
  readonly shared?: { readonly redisUrl: string; readonly registry: NodeRegistry };
  /** Pages that may open a socket at all; without it, only the page a seat was given to. */
  readonly isAllowedOrigin?: (origin: string) => boolean;
  /** Which sockets are for the rooms of this process; without it, all. The others are passed on to their node. */
  readonly isHere?: (upgrade: IncomingMessage) => boolean;
  readonly clock?: Clock;
  /** Who writes down what is said; nobody, in earnest. */
  readonly witness?: Witness;
  /** What load tests raise. */
  readonly rates?: Partial<Rates>;
};

/** Where faults and refusals at the door are told, with ids and codes only. */
export type Report = {
  /** A bug or an outage; `ref` is what the person was given. Told once per fault. */
  fault(fault: { readonly error: unknown; readonly where: string; readonly ref: string }): void;
  /** Redis came or went. Open conversations do not notice; other nodes are found by the database meanwhile. */
  redis?(news: { readonly isUp: boolean; readonly error?: unknown }): void;
  /** A socket refused or closed by us. */
  closed(closed: { readonly reason: string; readonly sessionId?: string; readonly ip?: string }): void;
};

export type Rates = {
  /** Commands per person and conversation. */
  readonly messagesPerSecond: number;
  readonly messageBurst: number;
  /** Frames of any kind per socket; above, it is closed. */
  readonly framesPerSecond: number;
  readonly frameBurst: number;
  /** Changes of a conversation's header: who is here, who types, how far they have read. More are told together. */
  readonly headersPerSecond: number;
  /** Seats given by this node; more are told to come a little later. */
  readonly joinsPerSecond: number;
  readonly joinBurst: number;
  readonly socketsPerPerson: number;
  readonly socketsPerAddress: number;
};

/** What a room works with: the ports with every default filled in. */
export type RoomWorld = Omit<RoomPorts, "clock" | "rates"> & { readonly clock: Clock; readonly rates: Rates };

export const roomWorld = (ports: RoomPorts): RoomWorld => ({
  ...ports,
  clock: ports.clock ?? systemClock,
  rates: { ...usualRates, ...ports.rates },
});

export const usualRates: Rates = {
  messagesPerSecond: limits.messagesPerSecond,
  messageBurst: limits.messageBurst,
  framesPerSecond: 40,
  frameBurst: 200,
  headersPerSecond: 5,
  joinsPerSecond: 100,
  joinBurst: 100,
  socketsPerPerson: 100,
  socketsPerAddress: 1000,
};
