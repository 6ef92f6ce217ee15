import { loadavg } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import type { Account } from "#loadtest/people/agents.ts";
import { Crew } from "./crew.ts";
import { readCredentials } from "./credentials.ts";
import { balance } from "./ledger.ts";
import { clientProcesses, cpuList, type Options } from "./options.ts";
import { openOwnDesk, rateFactor, type OwnDesk } from "./own-desk.ts";
import { cpuOf, memoryOf } from "./processes.ts";
import { Progress } from "./progress.ts";
import { messagesOf } from "./rate-plan.ts";
import { complaints, resultOf, type Measured, type Result } from "./report.ts";

/** Ids of the messages that the desk still has of these conversations when all is over. */
export type Kept = ReadonlyMap<string, ReadonlySet<string>>;
/** What the desk says it kept, on its way to the balance: a test takes something away here, and must be told. */
export type Tamper = (kept: Kept) => Kept;

const settleMs = 1000;

type Place = {
  readonly url: string;
  readonly inboxKey: string;
  readonly users: readonly Account[];
  readonly own?: OwnDesk;
};

/** A whole load test: a desk, people, their talk, and the account of it. */
export async function run(
  options: Options,
  progress = new Progress(),
  tamper: Tamper = (kept) => kept,
): Promise<{ result: Result; complaints: readonly string[] }> {
  await using ending = new AsyncDisposableStack();
  const place = await findPlace(options, progress);
  ending.defer(() => place.own?.close());
  const agents = place.users.slice(0, options.agents);
  if (agents.length < options.agents) progress.say(tooFew(agents.length, options.agents));
  let opened = 0;
  const crew = new Crew({
    processes: clientProcesses({ ...options, agents: agents.length }),
    pinned: options.pinClients === undefined ? undefined : cpuList(options.pinClients),
    profile: options.profile,
    hear: (word) => progress.hear(word, { pace: options, opened: word.say === "opened" ? ++opened : opened }),
  });
  ending.defer(() => crew.dismiss());
  const measured = await measure(options, { crew, place, agents, progress });
  const accounts = await crew.accounts();
  const ids = accounts.map(({ conversationId }) => conversationId);
  const kept = tamper(place.own ? await place.own.kept(ids) : await crew.histories());
  const whole = { ...measured, balance: balance(accounts, kept) };
  return { result: resultOf(whole), complaints: complaints(whole.balance, messagesOf(options)) };
}

async function findPlace(options: Options, progress: Progress): Promise<Place> {
  const { url, credentials, agents, nodes, pinServer, profile } = options;
  if (url !== undefined && credentials !== undefined) return { url, ...readCredentials(credentials) };
  progress.say(`Starting a server of its own, limits on rates raised ${rateFactor} times.`);
  const own = await openOwnDesk({ agents, nodes, pinned: pinServer, profile });
  const { inboxKey, users } = own;
  return { url: own.url, inboxKey, users, own };
}

type Scene = {
  readonly crew: Crew;
  readonly place: Place;
  readonly agents: readonly Account[];
  readonly progress: Progress;
};

async function measure(options: Options, { crew, place, agents, progress }: Scene): Promise<Omit<Measured, "balance">> {
  const { own } = place;
  await crew.enter(place.url, place.inboxKey, agents);
  await pause(settleMs);
  const idleBytes = own ? memoryOf(own.serverPids) : null;
  await crew.open(options.conversations);
  await pause(settleMs);
  const fullBytes = own ? memoryOf(own.serverPids) : null;
  const cpu = () => ({
    server: own ? cpuOf(own.serverPids) : null,
    postgres: own ? cpuOf([own.postgresPid]) : null,
    clients: cpuOf(crew.pids),
  });
  if (options.warmup > 0) await crew.talk({ ...options, seconds: options.warmup }, options.bytes, true);
  const [before, began] = [cpu(), performance.now()];
  await crew.talk(options, options.bytes);
  const [after, elapsedMs] = [cpu(), performance.now() - began];
  const work = (of: keyof typeof before) => ({ cpuUs: difference(after[of], before[of]), elapsedMs });
  return {
    options,
    agents: agents.length,
    deliver: progress.deliver.summary(),
    ack: progress.ack.summary(),
    late: progress.late.summary(),
    server: own ? { ...work("server"), idleBytes, grownBytes: difference(fullBytes, idleBytes) } : null,
    postgres: own ? work("postgres") : null,
    clients: work("clients"),
    loadAverage: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

const difference = (after: number | null, before: number | null): number | null =>
  after === null || before === null ? null : after - before;

const tooFew = (there: number, asked: number): string =>
  `There ${there === 1 ? "is 1 user" : `are ${there} users`} in the credentials, to do what --agents ${asked} would.`;
