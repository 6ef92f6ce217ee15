import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { keptLog } from "../testing/http-desk.ts";
import { PlacedNodes } from "../testing/placed-nodes.ts";
import { originOf } from "./from-nodes.ts";
import { NodeLines } from "./node-line.ts";
import { NodeSeal, sealHeader } from "./node-seal.ts";
import { SocketPipes, type SocketPipesParts } from "./socket-pipes.ts";

const secret = "s".repeat(40);
const patience = { silentMs: 300, slowMs: 900 };
const seat = "/owner/room-1?sessionId=ticket";

let places: PlacedNodes;
let logged: readonly string[];
let entry: Server;
let pipes: SocketPipes;
let owner: Server;
let sockets: WebSocketServer;
let upgrades: { request: IncomingMessage; origin: string }[];
const ends: (() => void)[] = [];

const urlOf = (server: { address(): unknown }) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeEach(async () => {
  places = new PlacedNodes();
  await openOwner();
  await openEntry();
  places.addresses.set("owner", urlOf(owner));
});
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await vi.waitFor(() => expect(pipes.size).toBe(0));
});

async function openOwner(): Promise<void> {
  owner = createServer((_req, res) => res.end("{}")).listen(0, "127.0.0.1");
  sockets = new WebSocketServer({ noServer: true });
  upgrades = [];
  const seal = new NodeSeal(secret, "owner");
  owner.on("upgrade", (request, socket, head) => {
    upgrades.push({ request, origin: originOf(request, request.url ?? "", seal) });
    if (request.url?.includes("refused")) socket.end("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n");
    else sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit("connection", opened));
  });
  await once(owner, "listening");
  ends.push(() => {
    for (const one of sockets.clients) one.terminate();
    owner.closeAllConnections();
    owner.close();
  });
}

async function openEntry(more: Partial<SocketPipesParts> = {}): Promise<void> {
  const kept = keptLog();
  logged = kept.logged;
  const settings = { whereabouts: places, nodeId: "entry", trustedProxies: 0, perAddressMax: 5, patience };
  const isAllowedOrigin = () => true;
  const parts = {
    ...settings,
    seal: new NodeSeal(secret, "entry"),
    lines: new NodeLines(patience),
    log: kept.logger,
    isAllowedOrigin,
  };
  pipes = new SocketPipes({ ...parts, ...more });
  const [opened, server] = [pipes, createServer().listen(0, "127.0.0.1")];
  server.on("upgrade", (request, socket, head) => {
    if (opened.isHere(request)) socket.end("HTTP/1.1 200 Here\r\ncontent-length: 0\r\n\r\n");
    opened.take(request, socket, head);
  });
  await once(server, "listening");
  entry = server;
  ends.push(() => {
    void opened.close(0);
    server.close();
  });
}

function open(path = seat, headers: Record<string, string> = {}): WebSocket {
  const socket = new WebSocket(urlOf(entry).replace("http", "ws") + path, { headers });
  ends.push(() => socket.terminate());
  return socket;
}

async function joined(path = seat, headers: Record<string, string> = {}) {
  const atOwner = once(sockets, "connection") as Promise<[WebSocket]>;
  const client = open(path, headers);
  await once(client, "open");
  return { client, owner: (await atOwner)[0] };
}

async function refusalOf(socket: WebSocket): Promise<string> {
  const [failure] = (await once(socket, "error")) as [Error];
  return failure.message;
}

describe("a socket whose room is on another node", () => {
  test("is piped there as it came, sealed, both ways", async () => {
    const headers = { "user-agent": "Carl's browser", origin: "https://shop.example", "x-odd": "a, b" };
    const { client, owner: there } = await joined(seat, headers);
    const { request, origin } = upgrades[0]!;
    expect([request.url, origin]).toEqual([seat, "node"]);
    expect(request.headers).toMatchObject({ ...headers, host: new URL(urlOf(entry)).host });
    for (const bytes of [randomBytes(10), randomBytes(200_000)]) {
      client.send(bytes);
      expect((await once(there, "message"))[0]).toEqual(bytes);
      there.send(bytes);
      expect((await once(client, "message"))[0]).toEqual(bytes);
    }
  });

  test("is closed with the code the owner says, and at once when the owner breaks", async () => {
    const [orderly, broken] = [await joined(), await joined()];
    orderly.owner.close(4010, "draining");
    expect((await once(orderly.client, "close"))[0]).toBe(4010);
    broken.owner.terminate();
    expect((await once(broken.client, "close"))[0]).toBe(1006);
    await vi.waitFor(() => expect(pipes.size).toBe(0));
  });

  test("leaves the owner when the client does, in order or not", async () => {
    const [orderly, broken] = [await joined(), await joined()];
    orderly.client.close(1000);
    expect((await once(orderly.owner, "close"))[0]).toBe(1000);
    broken.client.terminate();
    expect((await once(broken.owner, "close"))[0]).toBe(1006);
  });

  test("is refused with the owner's own words", async () => {
    expect(await refusalOf(open(`${seat}&refused`))).toContain("401");
    expect(places.suspected).toEqual([]);
  });

  test("[N29] of a reader that never reads waits at the owner, not here", async () => {
    const upgraded = once(entry, "upgrade") as Promise<[IncomingMessage, Socket]>;
    const { client, owner: there } = await joined();
    const [, here] = await upgraded;
    client.pause();
    const piece = randomBytes(1024 * 1024);
    for (let sent = 0; sent < 64; sent += 1) there.send(piece);
    const waiting: number[] = [];
    await vi.waitFor(() => {
      waiting.push(there.bufferedAmount);
      expect(new Set(waiting.slice(-10)).size).toBe(waiting.length < 10 ? 0 : 1); // the network is full
    }, 10_000);
    expect(waiting.at(-1)! / piece.length).toBeGreaterThan(48);
    expect(here.writableLength / piece.length).toBeLessThan(1);
    let read = 0;
    client.on("message", (bytes: Buffer) => (read += bytes.length));
    client.resume();
    await vi.waitFor(() => expect(read).toBe(64 * piece.length), 10_000);
  });
});

describe("who is not piped", () => {
  test("a socket for here, one that another node has passed on, and what is no seat at all", async () => {
    const seal = new NodeSeal(secret, "third").seal("entry", "1.2.3.4", { method: "GET", url: seat });
    for (const [path, headers] of [
      ["/entry/room-1?sessionId=t", {}],
      [seat, { [sealHeader]: seal }],
      ["/", {}],
    ] as const)
      expect(await refusalOf(open(path, { ...headers })), path).toContain("200");
    expect(upgrades).toEqual([]);
  });

  test("[N24] a page whose origin says nothing, and a browser that hides it", async () => {
    expect(await refusalOf(open(seat, { origin: "null" }))).toContain("403");
    expect(await refusalOf(open(seat, { "user-agent": "Mozilla/5.0" }))).toContain("403");
    await openEntry({ isAllowedOrigin: (origin) => origin === "https://shop.example" });
    expect(await refusalOf(open(seat, { origin: "https://shop.example.evil.example" }))).toContain("403");
    expect(upgrades).toEqual([]);
    await joined(seat, { origin: "https://shop.example" });
  });

  test("[N45] a node that is not in the registry, whatever it is called", async () => {
    for (const path of ["/127.0.0.1:22/room-1", "/nobody/room-1?sessionId=t", "/http:%2f%2fevil/room-1"])
      expect(await refusalOf(open(path)), path).toMatch(/404|200/);
    expect(upgrades).toEqual([]);
  });

  test("a false seal", async () => {
    expect(await refusalOf(open(seat, { [sealHeader]: "1 made up" }))).toContain("421");
    expect(logged.join()).toContain("bad_node_seal");
    expect(upgrades).toEqual([]);
  });

  test("[N28] more than one address may have", async () => {
    for (let n = 0; n < 5; n += 1) await joined();
    expect(await refusalOf(open())).toContain("429");
  });
});

describe("a node that does not answer", () => {
  const room = "room-1";

  test("because it is gone is left, and the client asks for another seat at once", async () => {
    owner.close();
    await once(owner, "close");
    expect(await refusalOf(open())).toMatch(/hang up|ECONNRESET/);
    await vi.waitFor(() => expect(places.suspected).toEqual([{ nodeId: "owner", conversationId: room }]));
  });

  test("because it is frozen is left after its time", async () => {
    const frozen = createTcpServer((socket) => void socket.on("error", () => socket.destroy())).listen(0, "127.0.0.1");
    await once(frozen, "listening");
    ends.push(() => frozen.close());
    places.addresses.set("owner", urlOf(frozen));
    const began = performance.now();
    expect(await refusalOf(open())).toMatch(/hang up|ECONNRESET/);
    expect(performance.now() - began).toBeGreaterThan(patience.silentMs - 20);
    expect(places.suspected).toEqual([{ nodeId: "owner", conversationId: room }]);
  });

  test("because another process has its address by now is left", async () => {
    places.addresses.set("before", urlOf(owner));
    owner.removeAllListeners("upgrade");
    owner.on("upgrade", (_request, socket: Socket) => socket.end("HTTP/1.1 421 Misdirected\r\n\r\n"));
    expect(await refusalOf(open("/before/room-1?sessionId=t"))).toMatch(/421|hang up/);
    await vi.waitFor(() => expect(places.suspected).toEqual([{ nodeId: "before", conversationId: room }]));
  });
});

test("a client that vanishes while its node is looked up leaves nothing behind", async () => {
  let answer = (_address: string) => {};
  places.addressOf = () => new Promise((resolve) => (answer = resolve));
  const { port } = entry.address() as AddressInfo;
  const raw = connect(port, "127.0.0.1", () =>
    raw.write(`GET ${seat} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`),
  );
  await once(entry, "upgrade");
  raw.resetAndDestroy();
  await once(raw, "close");
  const reached = once(owner, "connection") as Promise<[Socket]>;
  answer(urlOf(owner));
  const [there] = await reached;
  await vi.waitFor(() => expect([there.destroyed, pipes.size]).toEqual([true, 0]));
  expect(places.suspected).toEqual([]);
});

test("what is piped is ended on leaving, one after the other", async () => {
  const all = [await joined(), await joined(), await joined()];
  const closedAt: number[] = [];
  for (const { client } of all) client.once("close", () => closedAt.push(performance.now()));
  await pipes.close(300);
  await vi.waitFor(() => expect(closedAt).toHaveLength(3));
  expect(closedAt[2]! - closedAt[0]!).toBeGreaterThan(150);
  expect(pipes.size).toBe(0);
});
