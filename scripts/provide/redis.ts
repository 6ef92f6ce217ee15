import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { onPath } from "../chromium.ts";
import { installDebian } from "./debian.ts";
import { Missing } from "./missing.ts";

export type Provided = { env: { REDIS_URL: string }; stop: () => Promise<void> };

/** The Redis of REDIS_URL, or one of our own on a free port that forgets everything when it ends. */
export async function provideRedis(): Promise<Provided> {
  const named = process.env.REDIS_URL;
  if (named) {
    const { hostname, port } = new URL(named);
    if (!(await answers(hostname, Number(port || 6379))))
      throw new Missing(`No Redis answers at REDIS_URL ${hostname}.`);
    return { env: { REDIS_URL: named }, stop: () => Promise.resolve() };
  }
  if (!findRedis()) installDebian("Redis", ["redis-server"]);
  const program = findRedis();
  if (!program) throw new Missing("Redis was installed and is not on the PATH: set REDIS_URL to one that runs.");
  return start(program);
}

function findRedis(): string | undefined {
  return onPath("redis-server") ?? onPath("valkey-server");
}

async function start(program: string): Promise<Provided> {
  const port = await freePort();
  const settings = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn(program, settings, { stdio: "ignore" });
  const ended = once(child, "exit");
  while (!(await answers("127.0.0.1", port))) {
    if (child.exitCode !== null) throw new Missing(`${program} does not start (it ended with ${child.exitCode}).`);
  }
  return { env: { REDIS_URL: `redis://127.0.0.1:${port}` }, stop: () => stop(child, ended) };
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill("SIGTERM");
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Asks PING and waits for any answer: +PONG, or the demand for a password. */
function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 }, () => socket.write("PING\r\n"));
    const settle = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once("data", () => settle(true));
    socket.once("error", () => setTimeout(settle, 20, false));
    socket.once("timeout", () => settle(false));
  });
}
