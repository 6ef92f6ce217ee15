import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { Desk } from "../desk/desk.ts";
import { readCredentials } from "../load/credentials.ts";
import { newAgent } from "../people/agents.ts";
import { newCustomer } from "../people/customers.ts";
import { introduce, type Pair } from "../people/pair.ts";
import { until } from "../people/until.ts";

const pairs = 5;
const everyMs = 100;

test("[drain] all nodes are restarted one by one while people talk: every send is saved, each text heard once", async () => {
  const desk = await Desk.open({ nodes: 2, redis: true, env: { ROOMDESK_RATE_FACTOR: "100" } });
  onTestFinished(() => desk.close());
  await desk.start();
  const talks = await meet(desk);
  const supervisor = await supervise(desk);
  const restart = `"${process.execPath}" -e "fetch('${supervisor}/{}')"`;
  let isOver = false;
  const rolled = promisify(execFile)(process.execPath, [
    ...["scripts/rolling-restart.ts", "--restart", restart, "--ready", "http://127.0.0.1:{}/readyz"],
    ...desk.nodes.map(({ port }) => `${port}`),
  ]).finally(() => (isOver = true));
  const said: string[] = [];
  while (!isOver) {
    const text = `text ${said.length}`;
    await talks[said.length % pairs]!.customer.sendMessage(text);
    said.push(text);
    await delay(everyMs);
  }
  expect((await rolled).stdout).toMatch(/restarted 2\n$/);
  for (const [at, { customer, agent }] of talks.entries()) {
    const own = said.filter((_, n) => n % pairs === at);
    await until(customer, "all is saved", () => statesOf(customer).every(isSaved));
    await until(agent, "all is heard", () => textsOf(agent).length >= own.length);
    expect(textsOf(agent)).toEqual(own);
  }
}, 120_000);

async function meet(desk: Desk): Promise<Pair[]> {
  const { inboxKey, users } = readCredentials(join(desk.nodes[0]!.dataFolder, "demo.json"));
  const agent = await newAgent({ desk: desk.balancer.url, account: users[0]! });
  onTestFinished(() => agent.destroy());
  const found: Pair[] = [];
  for (let n = 0; n < pairs; n += 1) {
    const customer = await newCustomer({ desk: desk.balancer.url, inboxKey });
    onTestFinished(() => customer.destroy());
    found.push(await introduce(customer, agent));
  }
  return found;
}

/** What systemd is elsewhere: asked for a node, it ends and starts it, and says when it runs again. */
async function supervise(desk: Desk): Promise<string> {
  const server = createServer((req, res) => {
    const node = desk.nodes.find(({ port }) => req.url === `/${port}`);
    void node
      ?.terminate()
      .then(() => node.start())
      .then(() => res.end());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const messagesOf = ({ messages }: Pair["customer"]) => messages.flatMap((line) => ("body" in line ? [line] : []));
const textsOf = (session: Pair["agent"]) =>
  messagesOf(session)
    .map(({ body }) => body ?? "")
    .filter((body) => body.startsWith("text "));
const statesOf = (session: Pair["customer"]) => messagesOf(session).map(({ state }) => state ?? "none");
const isSaved = (state: string) => ["saved", "delivered", "read"].includes(state);
