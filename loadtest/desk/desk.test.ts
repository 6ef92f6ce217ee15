import { existsSync } from "node:fs";
import { connect } from "node:net";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { Desk } from "./desk.ts";
import { startElsewhere } from "./testing/started.ts";

test("a desk is reached through its balancer, and comes back from every end of its parts", async () => {
  const desk = await Desk.open({ nodes: 1, redis: true });
  onTestFinished(() => desk.close());
  await desk.start();
  const [node] = desk.nodes;
  const health = async () => (await fetch(`${desk.balancer.url}/readyz`).catch(() => undefined))?.status;
  expect(await health()).toBe(200);

  await node!.kill();
  expect(await health()).toBeUndefined();
  await node!.start();
  expect(await health()).toBe(200);

  await desk.postgres.immediate();
  await desk.postgres.start();
  await desk.redis!.kill();
  await desk.redis!.start({ empty: true });
  await expect.poll(health, { timeout: 15_000 }).toBe(200);
  expect(await settingsOf(desk.postgres.url)).toEqual({ fsync: "on", synchronous_commit: "on" });

  await node!.terminate();
  expect(await node!.child.exited).toEqual({ code: 0, signal: null });
}, 60_000);

test("whatever was started ends with its starter, even when that one is killed", async () => {
  const { starter, pid, port, folder } = await startElsewhere();
  expect([isThere(pid), await answers(port), existsSync(folder)]).toEqual([true, true, true]);
  starter.kill("SIGKILL");
  await expect
    .poll(async () => [isThere(pid), await answers(port), existsSync(folder)], { timeout: 15_000 })
    .toEqual([false, false, false]);
}, 60_000);

async function settingsOf(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit') order by name",
  );
  await client.end();
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // there is no such process
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket.destroy() !== undefined));
    socket.once("error", () => resolve(false));
  });
}
