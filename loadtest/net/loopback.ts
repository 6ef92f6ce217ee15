import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

export type Loopback = {
  readonly port: number;
  readonly sockets: ReadonlySet<Socket>;
  close(): Promise<void>;
};

/** Listens on loopback, and on closing leaves nobody connected. Port 0: any free one. */
export async function listenOnLoopback(accept: (socket: Socket) => void, port = 0): Promise<Loopback> {
  const sockets = new Set<Socket>();
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    accept(socket);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return { port: portOf(server), sockets, close: () => close(server, sockets) };
}

/** Ports nobody listens on at this moment, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const refuse = (socket: Socket) => void socket.destroy();
  const servers = await Promise.all(Array.from({ length: count }, () => listenOnLoopback(refuse)));
  await Promise.all(servers.map((server) => server.close()));
  return servers.map(({ port }) => port);
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function close(server: Server, sockets: Iterable<Socket>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  for (const socket of sockets) socket.destroy();
  await closed;
}
