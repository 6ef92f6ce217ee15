import { once } from "node:events";
import { expect, test, vi } from "vitest";
import type { ServerProcess } from "./server-process.ts";
import { Supervisor } from "./supervisor.ts";

/** A server that ends when told to. */
function fakeServer(pid: number) {
  const { promise: exited, resolve: end } = Promise.withResolvers<void>();
  return { pid, exited, end, stop: async () => end() } satisfies ServerProcess & { end: () => void };
}

test("a server that cannot be started again is tried at growing distances, at most five seconds", async () => {
  const server = fakeServer(1);
  const start = vi.fn(() => Promise.reject<ServerProcess>(new Error("No space left on device")));
  const said: string[] = [];
  const pauses: number[] = [];
  const enough = Promise.withResolvers<void>();
  const pause = (ms: number, sooner: AbortSignal) => {
    if (pauses.push(ms) < 8) return Promise.resolve();
    enough.resolve();
    return once(sooner, "abort").then(() => undefined);
  };
  const supervisor = new Supervisor(server, start, (line) => said.push(line), pause);
  server.end();
  await enough.promise;
  expect(pauses).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000]);
  expect(said.slice(0, 2)).toEqual([
    "PostgreSQL (process 1) ended unexpectedly; it is started again",
    "No space left on device; next try in 100 ms",
  ]);
  await supervisor.close();
  expect(start).toHaveBeenCalledTimes(8);
});

test("closing while it is being started again ends the new one too", async () => {
  const [first, second] = [fakeServer(1), fakeServer(2)];
  const starting = Promise.withResolvers<ServerProcess>();
  const stopped = vi.spyOn(second, "stop");
  const start = vi.fn(() => starting.promise);
  const supervisor = new Supervisor(first, start, () => undefined);
  first.end();
  await vi.waitFor(() => expect(start).toHaveBeenCalled());
  const closed = supervisor.close();
  starting.resolve(second);
  await closed;
  expect(stopped).toHaveBeenCalledOnce();
});

test("one that ends when it is asked to is left alone", async () => {
  const start = vi.fn(() => Promise.reject<ServerProcess>(new Error("must not")));
  const supervisor = new Supervisor(fakeServer(1), start, () => undefined);
  await supervisor.close();
  expect(start).not.toHaveBeenCalled();
});
