import type { IncomingMessage, Server } from "node:http";
import { WebSocketTransport } from "@colyseus/ws-transport";
import { limits } from "#protocol/limits.ts";
import type { RoomWorld } from "../ports.ts";
import { beforeUpgrade, seatAskedFor } from "./before-upgrade.ts";
import type { Wire } from "./guarded-socket.ts";
import type { Sockets } from "./sockets.ts";

/** Colyseus' transport with our door before it and our guard on every socket. */
export class GuardedTransport extends WebSocketTransport {
  protected override shouldShutdownServer = false; // the server is its owner's

  constructor(server: Server, world: RoomWorld, sockets: Sockets) {
    super({
      noServer: true,
      maxPayload: limits.frameMaxBytes,
      perMessageDeflate: false,
      pingInterval: 0, // its sweep pings everybody in one instant; rooms do it in rounds
      beforeUpgrade: beforeUpgrade(sockets, world),
    });
    const { isHere } = world;
    this.attachToServer(server, isHere ? { filter: isHere } : {});
    // Before Colyseus' own listener, so that not one frame reaches it unguarded.
    this.wss.prependListener("connection", (wire: Wire, request: IncomingMessage) => {
      const { ticket } = seatAskedFor(request.url ?? "");
      sockets.open(ticket, wire, request.socket);
      wire.once("close", () => sockets.gone(ticket));
    });
  }
}
