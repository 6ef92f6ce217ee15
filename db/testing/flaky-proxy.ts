import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";

export type FlakyProxy = {
  /** The database's address, through here. */
  readonly url: string;
  /** Nothing arrives any more, and nobody is told. */
  freeze(): void;
  /** All that was held back arrives. */
  thaw(): void;
  /** Nobody listens, and who was connected is cut. */
  shut(): Promise<void>;
  open(): Promise<void>;
  /** The next COMMIT is cut off, before the server hears of it or after it has done it. */
  cutAtCommit(when: "before" | "after"): void;
  close(): Promise<void>;
};

/** A network between us and the database that fails when it is told to. */
export async function flakyProxy(target: string): Promise<FlakyProxy> {
  const sockets = new Set<Socket>();
  let cutting: "before" | "after" | undefined;
  let frozen = false;
  const kept = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined); // cutting is what it is for
    return socket.once("close", () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    const far = kept(connect(placeOf(target)));
    kept(near);
    const cut = () => [near, far].forEach((socket) => socket.destroy());
    near.on("data", (bytes: Buffer) => {
      const when = bytes.toString("latin1").toLowerCase().includes("commit\0") ? cutting : undefined;
      if (when !== undefined) cutting = undefined;
      if (when === "before") return cut();
      // Its answer proves that it is done; nobody else gets to see it.
      if (when === "after") far.removeAllListeners("data").once("data", cut);
      far.write(bytes);
    });
    far.on("data", (bytes: Buffer) => near.write(bytes));
    if (frozen) [near, far].forEach((socket) => socket.pause());
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
  });
  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  };
  const shut = async () => {
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => server.close(resolve));
  };
  const port = await listen(0);
  return {
    url: throughPort(target, port),
    freeze: () => {
      frozen = true;
      sockets.forEach((socket) => socket.pause());
    },
    thaw: () => {
      frozen = false;
      sockets.forEach((socket) => socket.resume());
    },
    shut,
    open: async () => void (await listen(port)),
    cutAtCommit: (when) => (cutting = when),
    close: shut,
  };
}

function placeOf(url: string) {
  const { hostname, port, searchParams } = new URL(url);
  const folder = searchParams.get("host");
  return folder === null ? { host: hostname, port: Number(port) } : { path: `${folder}/.s.PGSQL.${port}` };
}

function throughPort(url: string, port: number): string {
  const address = new URL(url);
  address.search = "";
  address.host = `127.0.0.1:${port}`;
  return address.href;
}
