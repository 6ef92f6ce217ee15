import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setLogger } from "@colyseus/core/Logger";
import { limits } from "#protocol/limits.ts";
import { openRooms, type Rooms } from "#rooms/open-rooms.ts";
import { usualRates, type RoomPorts } from "#rooms/ports.ts";
import type { Witness } from "#rooms/witness.ts";
import { deskOf, type DeskSettings } from "./desk.ts";
import { openForwarding, type Forwarding } from "./forwarding/forwarding.ts";
import { httpApp } from "./http/app.ts";
import { KnownPages } from "./known-pages.ts";
import { listen, nodeAddress } from "./listen.ts";
import { colyseusLogger, reportTo } from "./logger.ts";
import type { Ports } from "./ports.ts";
import { hashed, newSecret } from "./tokens.ts";

export type ServerSettings = DeskSettings & {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly nodeId: string;
  /** Several nodes share this Redis, and reach this one at `nodeUrl`, or where it listens. */
  readonly cluster?: { readonly redisUrl: string; readonly nodeUrl: string | undefined } | undefined;
  /** Who writes down what is said; nobody, in earnest. */
  readonly witness?: Witness | undefined;
};

export type RunningServer = {
  /** Where people reach it. */
  readonly url: string;
  /** A fresh one-time link for the first admin; the one before it stops working. */
  newSetupLink(): Promise<string>;
  /** Takes no more work, ends what is under way and tells everybody where to go on. */
  drain(withinMs: number): Promise<void>;
  close(): Promise<void>;
};

/** Sockets that only pass through here are ended over this long. */
const pipesWithinMs = 2000;

/** Introduces ports, rooms and HTTP to each other, and listens. */
export async function buildServer(ports: Ports, settings: ServerSettings): Promise<RunningServer> {
  setLogger(colyseusLogger(settings.logger));
  const server = createServer({ connectionsCheckingInterval: 5000 });
  guardAgainstSlowClients(server);
  const isAllowedOrigin = await knownPages(ports, settings);
  const isHere = (upgrade: IncomingMessage) => between?.isHere(upgrade) ?? true;
  const rooms = await openRooms(server, { ...roomPorts(ports, settings), isHere, isAllowedOrigin });
  const between = settings.cluster && forwardingOf(settings, rooms, isAllowedOrigin);
  let isDraining = false;
  const desk = deskOf(ports, settings, { rooms, isReady: () => !isDraining && ports.isUp() });
  server.on("request", httpApp(desk, between?.http));
  between?.listen(server);
  try {
    await listen(server, settings);
    await rooms.join(settings.cluster?.nodeUrl ?? nodeAddress(server, settings.host));
  } catch (failure) {
    await rooms.close();
    throw failure;
  }
  const url = settings.publicUrl ?? addressOf(server, settings.host);
  return {
    url,
    newSetupLink: () => newSetupLink(ports, url),
    drain: async (withinMs) => {
      isDraining = true;
      between?.beginToLeave();
      await rooms.drain({ withinMs: withinMs - pipesWithinMs });
      server.close(); // before the rest is told to come back, or it would come back here
      await between?.leave(pipesWithinMs);
    },
    close: async () => {
      isDraining = true;
      await rooms.close();
      await between?.close();
      await closeHttp(server);
    },
  };
}

async function newSetupLink({ setup }: Ports, url: string): Promise<string> {
  const token = newSecret();
  await setup.offer(hashed(token));
  return `${url}/workspace/#setup=${token}`;
}

function forwardingOf(
  settings: ServerSettings,
  { whereabouts }: Rooms,
  isAllowedOrigin: (origin: string) => boolean,
): Forwarding {
  const { secret, nodeId, trustedProxies, logger: log, rateFactor = 1 } = settings;
  const perAddressMax = usualRates.socketsPerAddress * rateFactor;
  return openForwarding({ whereabouts, secret, nodeId, trustedProxies, perAddressMax, isAllowedOrigin, log });
}

function roomPorts({ log, feed, staff, registry }: Ports, settings: ServerSettings): RoomPorts {
  const { nodeId, logger, witness, cluster, rateFactor = 1 } = settings;
  const rates = {
    messagesPerSecond: limits.messagesPerSecond * rateFactor,
    messageBurst: limits.messageBurst * rateFactor,
    ...(rateFactor > 1 && {
      framesPerSecond: 40 * rateFactor,
      frameBurst: 200 * rateFactor,
      socketsPerPerson: 100 * rateFactor,
      socketsPerAddress: 1000 * rateFactor,
    }),
  };
  const shared = cluster && { redisUrl: cluster.redisUrl, registry };
  const report = reportTo(logger);
  return { log, feed, staff, nodeId, rates, report, ...(shared && { shared }), ...(witness && { witness }) };
}

async function knownPages({ customers }: Ports, { publicUrl, logger, nodeId }: ServerSettings) {
  const report = reportTo(logger);
  const onFault = (error: unknown) => report.fault({ error, where: "known-pages", ref: nodeId });
  const pages = new KnownPages({ customers, publicUrl, onFault });
  await pages.look();
  return pages.isKnown;
}

function guardAgainstSlowClients(server: Server): void {
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 61_000; // longer than a proxy's minute, so that it is never we who cut a connection in use
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const isAnyOrLocal = ["127.0.0.1", "0.0.0.0", "::", "::1", "localhost"].includes(host);
  return `http://${isAnyOrLocal ? "localhost" : host.includes(":") ? `[${host}]` : host}:${port}`;
}

async function closeHttp(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
