import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { delimiter, join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { limits } from "#protocol/limits.ts";
import type { Pace } from "./rate-plan.ts";

export type Options = Pace & {
  readonly agents: number;
  readonly bytes: number;
  readonly nodes: number;
  /** Seconds of the same before it is measured. */
  readonly warmup: number;
  readonly url?: string;
  readonly credentials?: string;
  readonly pinServer?: string;
  readonly pinClients?: string;
  readonly profile?: string;
  readonly json?: string;
};

const textLeastBytes = 16; // the number of the message stands in it
const pairsPerAgent = 20;

const about = `Conversations of a customer and an agent, each writing at a steady rate through the real client library, in processes of
their own. Every message is timed from the moment it was meant to be sent until the other person's session shows it,
and looked for in the database at the end. Exits with 1 when one was lost.

Without --url it starts a server and a PostgreSQL of its own (with fsync), and raises the server's limits on rates.
A desk at --url keeps its limits: start it with ROOMDESK_RATE_FACTOR=1000, and give the demo.json it wrote.`;

/** What was asked for on the command line. A wrong flag or value ends the process with one sentence that names it. */
export function readOptions(args: readonly string[], command = new Command("npm run loadtest --")): Options {
  command
    .description(about)
    .option("--conversations <n>", "how many, each of a customer and an agent", whole(1, 20_000), 50)
    .option("--agents <n>", `how many people share them (default: one for ${pairsPerAgent})`, whole(1, 2000))
    .option("--rate <n>", "messages a second, over all conversations", decimal(0.1, 100_000), 100)
    .option("--seconds <n>", "for how long", decimal(0.1, 86_400), 10)
    .option("--warmup <n>", "seconds of the same before it counts: programs are slow at first", decimal(0, 600), 2)
    .option("--bytes <n>", "length of each message's text", whole(textLeastBytes, limits.messageMaxChars), 120)
    .option("--url <url>", "a desk that runs already", origin)
    .option("--credentials <file>", "its users and inboxes, as in the demo.json of its data folder")
    .option("--nodes <n>", "servers of its own, with Redis and a balancer when more than one", whole(1, 16), 1)
    .option("--pin-server <cpus>", "processors for the servers, such as 0 or 0,2", cpus)
    .option("--pin-clients <cpus>", "processors for the clients; one process for each", cpus)
    .option("--profile <folder>", "writes CPU profiles of the servers and of the clients there (for DevTools)")
    .option("--json <file>", "writes the result there")
    .allowExcessArguments(false)
    .parse(args, { from: "user" });
  const given = command.opts<Omit<Options, "agents"> & { agents?: number }>();
  const wrong = contradiction(given);
  if (wrong) command.error(`error: ${wrong}`);
  return { ...given, agents: given.agents ?? Math.ceil(given.conversations / pairsPerAgent) };
}

/** One process of clients for each of their processors; without pinning all but one, up to four. */
export function clientProcesses({ pinClients, agents }: Options): number {
  const processors = pinClients === undefined ? Math.min(4, availableParallelism() - 1) : cpuList(pinClients).length;
  return Math.max(1, Math.min(processors, agents));
}

function contradiction(given: Partial<Options>): string | undefined {
  const { url, credentials, nodes = 1, pinServer, pinClients, profile, conversations = 0, agents = 0 } = given;
  if (url !== undefined && credentials === undefined) return "--url needs --credentials: who signs in there?";
  if (url === undefined && credentials !== undefined) return "--credentials is for a desk at --url.";
  if (url !== undefined && nodes > 1) return "--nodes starts servers, so it cannot be used with --url.";
  if (url !== undefined && pinServer !== undefined) return "--pin-server is for a server of its own, not for --url.";
  if (url !== undefined && profile !== undefined) return "--profile is for a server of its own, not for --url.";
  if (agents > conversations) return `--agents ${agents} is more than --conversations ${conversations}: some had none.`;
  const isPinned = pinServer !== undefined || pinClients !== undefined;
  if (isPinned && !hasTaskset()) return "--pin-server and --pin-clients need the program taskset (Debian: util-linux).";
  return undefined;
}

const hasTaskset = (): boolean =>
  (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, "taskset")));

function whole(min: number, max: number) {
  return (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max))
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
    return value;
  };
}

function decimal(min: number, max: number) {
  return (text: string): number => {
    const value = /^\d{1,9}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) throw new InvalidArgumentError(`It must be a number from ${min} to ${max}.`);
    return value;
  };
}

function origin(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== "/")
    throw new InvalidArgumentError("It must be an address without a path, such as http://localhost:3000.");
  return url.origin;
}

export const cpuList = (text: string): readonly number[] => text.split(",").map(Number);

function cpus(text: string): string {
  const isList = /^\d{1,4}(,\d{1,4})*$/.test(text);
  const last = availableParallelism() - 1;
  if (!isList || cpuList(text).some((cpu) => cpu > last))
    throw new InvalidArgumentError(`It must be numbers of processors from 0 to ${last}, with commas between.`);
  return text;
}
