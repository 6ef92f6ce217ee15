import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import type { AuditLog } from "#core/ports/audit.ts";
import type { ConversationLog } from "#core/ports/conversation-log.ts";
import type { Customers } from "#core/ports/customers.ts";
import type { Setup, Staff } from "#core/ports/staff.ts";
import type { WorkspaceFeed } from "#core/ports/workspace-feed.ts";
import { limits } from "#protocol/limits.ts";
import { openRooms, type Rooms } from "#rooms/open-rooms.ts";
import type { RoomPorts } from "#rooms/ports.ts";
import type { DemoSite, Desk, Site } from "./desk.ts";
import { httpApp } from "./http/app.ts";
import { listen } from "./listen.ts";
import { reportTo } from "./logger.ts";
import { Passwords } from "./passwords.ts";
import { SetupToken } from "./setup-token.ts";
import { throttles } from "./throttles.ts";

/** Everything that is kept, by whoever keeps it: the database, or memory in tests. */
export type Ports = {
  readonly log: ConversationLog;
  readonly feed: WorkspaceFeed;
  readonly staff: Staff;
  readonly setup: Setup;
  readonly customers: Customers;
  readonly audit: AuditLog;
  /** Whether the store answers now. */
  readonly isUp: () => boolean;
};

export type ServerSettings = Omit<Site, "secure"> & {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly nodeId: string;
  readonly logger: Logger;
  readonly demo?: DemoSite | undefined;
  /** What load tests raise the limits on rates by; 1 in earnest. */
  readonly rateFactor?: number;
  readonly now?: () => number;
};

export type RunningServer = {
  /** Where people reach it. */
  readonly url: string;
  /** A fresh one-time link for the first admin; the one before it stops working. */
  newSetupLink(): string;
  /** Takes no more work, ends what is under way and tells everybody where to go on. */
  drain(withinMs: number): Promise<void>;
  close(): Promise<void>;
};

/** Introduces ports, rooms and HTTP to each other, and listens. */
export async function buildServer(ports: Ports, settings: ServerSettings): Promise<RunningServer> {
  const server = createServer();
  guardAgainstSlowClients(server);
  const rooms = await openRooms(server, roomPorts(ports, settings));
  const setupToken = new SetupToken();
  let isDraining = false;
  const isReady = async () => !isDraining && ports.isUp();
  server.on("request", httpApp(deskOf(ports, settings, { rooms, setupToken, isReady })));
  try {
    await listen(server, settings);
  } catch (failure) {
    await rooms.close();
    throw failure;
  }
  const url = settings.publicUrl ?? addressOf(server, settings.host);
  return {
    url,
    newSetupLink: () => `${url}/workspace/#setup=${setupToken.issue()}`,
    drain: async (withinMs) => {
      isDraining = true;
      await rooms.drain({ withinMs });
    },
    close: async () => {
      isDraining = true;
      await rooms.close();
      await closeHttp(server);
    },
  };
}

function deskOf(
  { isUp: _isUp, log: _log, ...kept }: Ports,
  settings: ServerSettings,
  made: Pick<Desk, "setupToken" | "isReady"> & { rooms: Rooms },
): Desk {
  const { publicUrl, secret, trustedProxies, clients, demo, logger } = settings;
  return {
    ...kept,
    ...made,
    demo,
    site: { publicUrl, secret, trustedProxies, clients, secure: publicUrl?.startsWith("https:") ?? false },
    passwords: new Passwords(),
    throttles: throttles(settings.rateFactor),
    log: logger,
    now: settings.now ?? Date.now,
  };
}

function roomPorts({ log, feed, staff }: Ports, { nodeId, logger, rateFactor = 1 }: ServerSettings): RoomPorts {
  const rates = {
    messagesPerSecond: limits.messagesPerSecond * rateFactor,
    messageBurst: limits.messageBurst * rateFactor,
    ...(rateFactor > 1 && {
      framesPerSecond: 40 * rateFactor,
      frameBurst: 200 * rateFactor,
      socketsPerAddress: 1000 * rateFactor,
    }),
  };
  return { log, feed, staff, nodeId, rates, report: reportTo(logger) };
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
