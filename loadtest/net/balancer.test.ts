import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { openBalancer } from "./balancer.ts";
import { freePorts, listenOnLoopback } from "./loopback.ts";

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

/** Says its name to whoever connects, then everything back. */
async function backend(name: string) {
  const server = await listenOnLoopback((socket) => {
    socket.on("error", () => undefined);
    socket.write(name);
    socket.pipe(socket);
  });
  opened.push(server);
  return server;
}

const nobody = async () => (await freePorts(1))[0]!;

async function balancer(...ports: number[]) {
  const one = await openBalancer(ports);
  opened.push(one);
  return one;
}

async function visit(port: number): Promise<{ socket: Socket; said: string }> {
  const socket = connect(port, "127.0.0.1");
  opened.push({ close: () => socket.destroy() });
  const [bytes] = (await once(socket, "data")) as [Buffer];
  return { socket, said: bytes.toString() };
}

test("connections go round", async () => {
  const backends = await Promise.all(["a", "b", "c"].map(backend));
  const { port, given } = await balancer(...backends.map((one) => one.port));
  const said: string[] = [];
  for (let visits = 0; visits < 6; visits += 1) said.push((await visit(port)).said);
  expect(said).toEqual(["a", "b", "c", "a", "b", "c"]);
  expect([...given.values()]).toEqual([2, 2, 2]);
});

test("one that refuses is passed over, and counted in again when it is back", async () => {
  const [a, dead] = [await backend("a"), await nobody()];
  const { port, use } = await balancer(dead, a.port);
  expect((await visit(port)).said).toBe("a");
  expect((await visit(port)).said).toBe("a");
  const b = await backend("b");
  use([b.port]);
  expect((await visit(port)).said).toBe("b");
});

test("when there is none, the visitor is reset rather than left waiting", async () => {
  const { port } = await balancer(await nobody());
  const socket = connect(port, "127.0.0.1");
  const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
  expect(error.code).toBe("ECONNRESET");
});

test("what is said before the backend was found arrives, and an end is passed on in both directions", async () => {
  const a = await backend("a");
  const { port } = await balancer(await nobody(), a.port);
  const socket = connect(port, "127.0.0.1");
  socket.end("hello");
  let heard = "";
  for await (const bytes of socket) heard += String(bytes);
  expect(heard).toBe("ahello");
  await expect.poll(() => a.sockets.size).toBe(0);
});

test("a reset of the backend is a reset for the visitor", async () => {
  const a = await backend("a");
  const { port } = await balancer(a.port);
  const { socket } = await visit(port);
  const ended = once(socket, "error");
  for (const one of a.sockets) one.resetAndDestroy();
  expect(((await ended) as [NodeJS.ErrnoException])[0].code).toBe("ECONNRESET");
});
