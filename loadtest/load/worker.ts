import { setImmediate as breath, setTimeout as pause } from "node:timers/promises";
import type { WorkspaceSession } from "#client-sdk/workspace-session.ts";
import { newAgent, type Account } from "#loadtest/people/agents.ts";
import { newCustomer } from "#loadtest/people/customers.ts";
import { introduce, type Pair } from "#loadtest/people/pair.ts";
import { TurnedAway } from "#loadtest/people/turned-away.ts";
import type { CustomerApi } from "#client-sdk/desk-api.ts";
import type { Order, Word } from "./crew-talk.ts";
import { historyOf, openWires } from "./history.ts";
import { scheduled } from "./rate-plan.ts";
import { Talk, type Times } from "./talk.ts";

// A process of clients: does what it is told, one order after the other, and says how it goes.

const atOnce = 8;
const tellEveryMs = 250;
/** Nothing has come for so long: what is still missing is lost. */
const patienceMs = 10_000;

type Met = { readonly number: number; readonly pair: Pair; readonly api: () => CustomerApi };

let desk = "";
let inboxKey = "";
const agents: WorkspaceSession[] = [];
const met: Met[] = [];
let talks: readonly Talk[] = [];

const say = (word: Word): boolean => process.send?.(word) ?? false;

process.on("message", (order: Order) => {
  follow(order).then(
    () => say({ say: "done" }),
    (error: unknown) => say({ say: "failed", why: whyOf(error) }),
  );
});
process.once("disconnect", () => process.exit()); // whoever gave the orders is gone

async function follow(order: Order): Promise<void> {
  switch (order.order) {
    case "enter":
      ({ desk, inboxKey } = order);
      for (const account of order.agents) agents.push(await atWork(account));
      return;
    case "open":
      return open(order.mine);
    case "talk":
      return talk(order);
    case "account":
      say({ say: "accounts", accounts: talks.map((one) => one.account()) });
      return;
    case "histories":
      return inParallel(met, async ({ pair: { conversationId }, api }) => {
        say({ say: "history", conversationId, ids: await historyOf(api(), conversationId) });
      });
  }
}

/** As at work: their own conversations are on their screen. */
async function atWork(account: Account): Promise<WorkspaceSession> {
  const agent = await newAgent({ desk, account });
  agent.show("mine");
  return agent;
}

async function open(mine: readonly number[]): Promise<void> {
  await inParallel(mine, async (number) => {
    const agent = agents[mine.indexOf(number) % agents.length];
    if (!agent) throw new Error("This process has no agents.");
    const { wires, api } = openWires();
    const customer = await newCustomer({ desk, inboxKey, wires });
    met.push({ number, pair: await introduce(customer, agent), api });
    say({ say: "opened", count: met.length });
  });
}

async function talk({ pace, bytes, startAt, isWarmUp }: Extract<Order, { order: "talk" }>): Promise<void> {
  const times: Times = { deliver: [], ack: [], late: [] };
  talks.forEach((before) => before.end());
  const byNumber = new Map(met.map(({ number, pair }) => [number, new Talk(pair, bytes, times)]));
  talks = [...byNumber.values()];
  const start = performance.now() + startAt - Date.now();
  const telling = isWarmUp ? undefined : setInterval(() => tell(times), tellEveryMs);
  for (const next of scheduled(pace, new Set(byNumber.keys()))) {
    const early = start + next.atMs - performance.now();
    if (early > 0.5) await pause(early);
    else if (next.k % 16 === 0) await breath(); // who is late must still hear what comes
    byNumber.get(next.conversation)?.say(next, start + next.atMs);
  }
  await quiet(talks, times);
  clearInterval(telling);
  if (!isWarmUp) tell(times);
}

/** Resolves when everything has come, or nothing more does. */
async function quiet(all: readonly Talk[], times: Times): Promise<void> {
  const heard = () => times.deliver.length + times.ack.length;
  for (let since = performance.now(), before = heard(); performance.now() - since < patienceMs;) {
    if (all.every(({ isQuiet }) => isQuiet)) return;
    await pause(20);
    if (heard() === before) continue;
    [since, before] = [performance.now(), heard()];
  }
}

function tell(times: Times): void {
  const { deliver, ack, late } = times;
  if (late.length + deliver.length + ack.length === 0) return;
  say({ say: "heard", sent: late.length, deliver, ack, late });
  Object.assign(times, { deliver: [], ack: [], late: [] });
}

async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = all.values();
  const next = async () => {
    for (const one of waiting) await work(one);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}

/** A sentence for the operator, or for whoever looks for the bug where it happened. */
const whyOf = (error: unknown): string =>
  error instanceof TurnedAway ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
