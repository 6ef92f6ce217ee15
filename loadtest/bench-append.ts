import { writeFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import pg from "pg";
import type { Append } from "#core/ports/conversation-log.ts";
import { appendLane } from "#db/stores/append-call.ts";
import { conversationLog } from "#db/stores/conversation-log.ts";
import { sealTexts } from "#db/stores/event-texts.ts";
import { benchDesk, type BenchDesk } from "./bench-append-desk.ts";
import { measure, median, type Keep, type Mode, type Run } from "./bench-append-run.ts";

type Options = { readonly seconds: number; readonly rounds: number; readonly json?: string };

const concurrencies = [1, 16, 1000];
const singleConnections = 16;
/** What the product promises: so many times the throughput at 1,000, and alone no added wait beyond this. */
const promised = { times: 5, alone: 1.2 };

const options = new Command("npm run bench:append --")
  .description(
    "Appends to conversations on a PostgreSQL of its own with fsync, in this process: all that gather go together in one " +
      `commit ("group"), or one call per message over ${singleConnections} connections ("single"), in turns. ` +
      `Fails unless at 1,000 writers group commit does at least ${promised.times} times as many, ` +
      "and a writer who is alone waits no more than 20 % longer (medians).",
  )
  .option("--seconds <n>", "length of each run", number(0.1, 600), 1.5)
  .option("--rounds <n>", "how often each run is repeated", number(1, 100), 5)
  .option("--json <file>", "writes the result there")
  .allowExcessArguments(false)
  .parse()
  .opts<Options>();

const say = (line: string): void => console.log(line);
const desk = await benchDesk(Math.max(...concurrencies), say);
try {
  const rounds = await runAll(desk, options);
  const result = { runs: summary(rounds), rounds };
  if (options.json) writeFileSync(options.json, `${JSON.stringify(result, undefined, 2)}\n`);
  console.table(result.runs);
  const broken = [...(await lost(desk)), ...brokenPromises(result.runs)];
  broken.forEach((sentence) => console.error(sentence));
  process.exitCode = broken.length > 0 ? 1 : 0;
} finally {
  await desk.close();
}

async function runAll(
  { database, keyring, conversations, logUrl, postgresPid }: BenchDesk,
  { seconds, rounds }: Options,
) {
  const log = conversationLog({ database, keyring });
  const connections = new pg.Pool({ connectionString: logUrl, max: singleConnections });
  const modes: Record<Mode, Keep> = {
    group: async (append) => kept((await log.append(append)).outcome),
    single: await oneCallEach(database, keyring, connections, conversations),
  };
  const runs: Run[] = [];
  for (let round = 1; round <= rounds; round += 1)
    for (const concurrency of concurrencies)
      for (const mode of round % 2 ? (["group", "single"] as const) : (["single", "group"] as const)) {
        const run = await measure(mode, modes[mode], conversations, { concurrency, seconds, postgresPid });
        say(`round ${round}/${rounds}  ${mode.padEnd(6)} ×${concurrency}: ${run.per_s}/s, p50 ${run.p50_ms} ms`);
        runs.push(run);
      }
  log.close();
  await connections.end();
  return runs;
}

/** The same call to the same function with the same sealed text, but by itself. */
async function oneCallEach(
  database: BenchDesk["database"],
  keyring: BenchDesk["keyring"],
  connections: pg.Pool,
  conversations: BenchDesk["conversations"],
): Promise<Keep> {
  const call = async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await connections.query<Row>(text, [...values])).rows;
  const lane = appendLane({ call });
  const scopes = new Map(
    await Promise.all(
      conversations.map(async ({ id }) => {
        const [scope] = await database.app.call<{ orgId: string; dekId: string }>(
          `select org_id as "orgId", dek_id as "dekId" from roomdesk.find_conversation($1)`,
          [id],
        );
        return [id, { orgId: scope!.orgId, dekId: scope!.dekId, conversationId: id }] as const;
      }),
    ),
  );
  return async (append: Append) => {
    const scope = scopes.get(append.conversationId)!;
    kept(await lane.one({ ...append, orgId: scope.orgId, sealed: await sealTexts(keyring, scope, append.events) }));
  };
}

function kept(outcome: unknown): void {
  if (outcome !== "kept") throw new Error(`An append was not kept: ${String(outcome)}`);
}

/** The median of each number, for each mode and concurrency. */
function summary(rounds: readonly Run[]): Run[] {
  return concurrencies.flatMap((concurrency) =>
    (["group", "single"] as const).map((mode) => {
      const runs = rounds.filter((run) => run.mode === mode && run.concurrency === concurrency);
      const of = (field: "per_s" | "p50_ms" | "p99_ms" | "node_us") => median(runs.map((run) => run[field]));
      const postgres = runs.flatMap(({ postgres_us }) => postgres_us ?? []);
      return {
        ...{
          mode,
          concurrency,
          per_s: of("per_s"),
          p50_ms: of("p50_ms"),
          p99_ms: of("p99_ms"),
          node_us: of("node_us"),
        },
        postgres_us: postgres.length > 0 ? median(postgres) : null,
      };
    }),
  );
}

function brokenPromises(runs: readonly Run[]): string[] {
  const run = (mode: Mode, concurrency: number) =>
    runs.find((one) => one.mode === mode && one.concurrency === concurrency)!;
  const times = run("group", 1000).per_s / run("single", 1000).per_s;
  const alone = run("group", 1).p50_ms / run("single", 1).p50_ms;
  say(`at 1,000 writers ${times.toFixed(1)} times the throughput; alone ${alone.toFixed(2)} times the wait`);
  return [
    ...(times >= promised.times ? [] : [`At 1,000 writers group commit must be ${promised.times} times as fast.`]),
    ...(alone <= promised.alone
      ? []
      : [`Alone, the wait may be at most ${promised.alone} times that of a single call.`]),
  ];
}

/** Every append that was called kept is in the database. */
async function lost({ conversations, countEvents }: BenchDesk): Promise<string[]> {
  const told = conversations.reduce((sum, { head }) => sum + head, 0);
  const there = await countEvents();
  return there === told ? [] : [`${told} events were said to be kept and ${there} are there.`];
}

function number(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!(value >= min && value <= max)) throw new InvalidArgumentError(`Expected a number from ${min} to ${max}.`);
    return value;
  };
}
