import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { FaultProxy } from "./fault-proxy.ts";
import { listenOnLoopback } from "./loopback.ts";

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

/** Says everything back, and keeps what it heard. */
async function echo() {
  const heard: string[] = [];
  const server = await listenOnLoopback((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (bytes: Buffer) => {
      heard.push(bytes.toString());
      socket.write(bytes);
    });
    socket.on("end", () => socket.end());
    socket.resume();
  });
  opened.push(server);
  const proxy = await FaultProxy.open(server.port);
  opened.push(proxy);
  return { heard, sockets: server.sockets, proxy };
}

async function visitor(port: number): Promise<{ socket: Socket; heard: string[] }> {
  const socket = connect(port, "127.0.0.1");
  opened.push({ close: () => socket.destroy() });
  socket.on("error", () => undefined);
  const heard: string[] = [];
  socket.on("data", (bytes: Buffer) => heard.push(bytes.toString()));
  await once(socket, "connect");
  return { socket, heard };
}

/** @returns whether it was a reset */
const closed = (socket: Socket) => new Promise<boolean>((resolve) => socket.once("close", resolve));

async function talking() {
  const far = await echo();
  const near = await visitor(far.proxy.port);
  near.socket.write("1");
  await expect.poll(() => near.heard).toEqual(["1"]);
  return { ...far, near };
}

test("without faults it is not there", async () => {
  const { proxy, near } = await talking();
  near.socket.end("2");
  await closed(near.socket);
  expect(near.heard.join("")).toBe("12");
  await expect.poll(() => proxy.connections).toBe(0);
});

test("a cut is a reset for both sides", async () => {
  const { proxy, near, sockets } = await talking();
  const ends = Promise.all([closed(near.socket), closed([...sockets][0]!)]);
  proxy.cut();
  expect(await ends).toEqual([true, true]);
});

test("a blackhole in one direction swallows that one only, and what was held back arrives when it is healed", async () => {
  const { proxy, near, heard } = await talking();
  proxy.blackhole("down");
  near.socket.write("2");
  await expect.poll(() => heard).toEqual(["1", "2"]);
  expect(near.heard).toEqual(["1"]);
  proxy.heal();
  await expect.poll(() => near.heard).toEqual(["1", "2"]);
  proxy.blackhole("up");
  near.socket.write("3");
  const other = await visitor(proxy.port);
  other.socket.write("4");
  proxy.heal();
  await expect.poll(() => heard.slice(2).toSorted()).toEqual(["3", "4"]);
});

test("who leaves into a blackhole is not missed until it is healed", async () => {
  const { proxy, near, sockets } = await talking();
  proxy.blackhole("up");
  near.socket.resetAndDestroy();
  await closed(near.socket);
  expect(sockets.size).toBe(1);
  proxy.heal();
  await expect.poll(() => sockets.size).toBe(0);
});

test("of a half-open connection one side hears nothing, and new connections are as good as ever", async () => {
  const { proxy, near, sockets } = await talking();
  proxy.halfOpen("far");
  await expect.poll(() => sockets.size).toBe(0);
  near.socket.write("2");
  const other = await visitor(proxy.port);
  other.socket.write("3");
  await expect.poll(() => other.heard).toEqual(["3"]);
  expect([near.socket.destroyed, near.heard]).toEqual([false, ["1"]]);
  proxy.heal();
  await closed(near.socket);
});

test("delay and throttle keep the order and lose nothing", async () => {
  const { proxy, near } = await talking();
  proxy.delay(30);
  const began = performance.now();
  near.socket.write("2");
  await expect.poll(() => near.heard, { interval: 5 }).toEqual(["1", "2"]);
  expect(performance.now() - began).toBeGreaterThan(59);
  proxy.heal();
  proxy.throttle(1_000_000, "up");
  const text = "0123456789".repeat(5000);
  const from = performance.now();
  near.socket.write(text);
  await expect.poll(() => near.heard.join("").length).toBe(2 + text.length);
  expect(performance.now() - from).toBeGreaterThan(40);
  expect(near.heard.join("")).toBe(`12${text}`);
});

test("while it refuses, nobody gets through", async () => {
  const { proxy, sockets } = await talking();
  proxy.refuse();
  const refused = connect(proxy.port, "127.0.0.1");
  refused.on("error", () => undefined);
  await closed(refused);
  await expect.poll(() => sockets.size).toBe(0);
  proxy.heal();
  const again = await visitor(proxy.port);
  again.socket.write("hello");
  await expect.poll(() => again.heard).toEqual(["hello"]);
});

async function webSockets() {
  const http = createServer((_, response) => response.writeHead(426).end()).listen(0, "127.0.0.1");
  await once(http, "listening");
  const server = new WebSocketServer({ server: http });
  const heard: string[] = [];
  server.on("connection", (socket) =>
    socket.on("message", (data: Buffer) => {
      heard.push(data.toString());
      socket.send(data);
    }),
  );
  opened.push({ close: () => void http.close() }, server);
  const proxy = await FaultProxy.open((http.address() as AddressInfo).port);
  opened.push(proxy);
  const socket = new WebSocket(proxy.url, { perMessageDeflate: false });
  opened.push({ close: () => socket.terminate() });
  const back: string[] = [];
  socket.on("message", (data: Buffer) => back.push(data.toString()));
  await once(socket, "open");
  return { proxy, socket, heard, back };
}

test("frames of a WebSocket are doubled, change places and are cut short, on the way there or back", async () => {
  const { proxy, socket, heard, back } = await webSockets();
  proxy.mangle("up", ["double", "reorder", "truncate"]);
  for (const text of ["one", "two", "three", "four", "five"]) socket.send(text);
  const arrived = ["one", "one", "three", "two", "fo", "five"];
  await expect.poll(() => heard).toEqual(arrived);
  await expect.poll(() => back).toEqual(arrived);
  proxy.mangle("down", ["truncate"]);
  const long = "x".repeat(700);
  socket.send(long);
  socket.send("end");
  await expect.poll(() => back.slice(arrived.length)).toEqual([long.slice(0, 350), "end"]);
});

test("control frames and what is no WebSocket pass as they are", async () => {
  const { proxy, socket, heard } = await webSockets();
  proxy.mangle("up", ["truncate"]);
  const answered = once(socket, "pong");
  socket.ping("are you there");
  expect(String((await answered)[0])).toBe("are you there");
  expect((await fetch(proxy.url)).status).toBe(426);
  socket.send("half");
  await expect.poll(() => heard).toEqual(["ha"]);
});
