import type { IncomingMessage, Server } from "node:http";
import type { RequestHandler } from "express";
import type { Logger } from "pino";
import type { Whereabouts } from "#rooms/cluster/whereabouts.ts";
import { fromNodes, wholeBody } from "./from-nodes.ts";
import { NodeLines } from "./node-line.ts";
import { NodeSeal } from "./node-seal.ts";
import { passOn, passOnFromLeaving } from "./pass-on.ts";
import { type Patience, usualPatience } from "./patience.ts";
import { SocketPipes } from "./socket-pipes.ts";

export type ForwardingSettings = {
  readonly whereabouts: Whereabouts;
  /** The same on all nodes. */
  readonly secret: string;
  readonly nodeId: string;
  readonly trustedProxies: number;
  /** Sockets piped for one client's address. */
  readonly perAddressMax: number;
  readonly log: Logger;
  /** As the rooms' own door has it. */
  readonly isAllowedOrigin: (origin: string) => boolean;
  readonly patience?: Patience;
};

/** What makes a node an entry to all others. */
export type Forwarding = {
  /** In the order in which a request passes them. */
  readonly http: {
    readonly door: RequestHandler;
    readonly wholeBody: RequestHandler;
    readonly passOn: RequestHandler;
    readonly passOnFromLeaving: RequestHandler;
  };
  /** No room is made here from now on. */
  beginToLeave(): void;
  /** Whether the rooms of this process are to take an upgrade; the rest is taken here. */
  isHere(request: IncomingMessage): boolean;
  listen(server: Server): void;
  /** Ends what is piped, spread over this long; requests are still passed on. */
  leave(withinMs: number): Promise<void>;
  close(): Promise<void>;
};

export function openForwarding(settings: ForwardingSettings): Forwarding {
  const { secret, nodeId, patience = usualPatience, log } = settings;
  const parts = { ...settings, patience, seal: new NodeSeal(secret, nodeId), lines: new NodeLines(patience) };
  const pipes = new SocketPipes(parts);
  let isLeaving = false;
  return {
    http: {
      door: fromNodes(parts.seal, log),
      wholeBody: wholeBody(log),
      passOn: passOn(parts),
      passOnFromLeaving: passOnFromLeaving(parts, () => isLeaving),
    },
    beginToLeave: () => void (isLeaving = true),
    isHere: (request) => pipes.isHere(request),
    listen: (server) => void server.on("upgrade", (request, socket, head) => pipes.take(request, socket, head)),
    leave: (withinMs) => pipes.close(withinMs),
    async close() {
      await pipes.close(0);
      parts.lines.close();
    },
  };
}
