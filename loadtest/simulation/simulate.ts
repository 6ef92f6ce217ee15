import { writeFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { accusation, runSeeds } from "./run-seeds.ts";
import { simulate, type Outcome } from "./simulation.ts";

type Options = { readonly seeds: number; readonly from: number; readonly trace?: number; readonly json?: string };

const command = new Command("npm run simulate --")
  .description(
    "Runs short histories of people, nodes, the fence and the store in one process and in virtual time, over the real rooms and the real " +
      "client library. Each seed decides every order of things, and what crashes, stands still or is lost. " +
      "Fails when an invariant did not hold, and tells the first such seed step by step.",
  )
  .option("--seeds <n>", "how many", whole, 1000)
  .option("--from <seed>", "the first one", whole, 1)
  .option("--trace <seed>", "runs this one seed and tells every step", whole)
  .option("--json <file>", "writes the result there")
  .allowExcessArguments(false)
  .parse();
const { seeds, from, trace, json } = command.opts<Options>();

if (trace === undefined) await search();
else await tell(trace);

async function search(): Promise<void> {
  const began = performance.now();
  const cpu = process.cpuUsage();
  const outcomes = await runSeeds({ from, seeds, goesOn: progress() });
  const bad = outcomes.filter(({ findings }) => findings.length > 0);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const result = summary(outcomes, bad, seconds, (user + system) / 1e6);
  if (json) writeFileSync(json, `${JSON.stringify(result, undefined, 2)}\n`);
  console.log(JSON.stringify(result, undefined, 2));
  const [first] = bad;
  if (!first) return;
  await tell(first.seed);
  for (const outcome of bad) console.error(accusation(outcome));
  process.exitCode = 1;
}

async function tell(seed: number): Promise<void> {
  const outcome = await simulate(seed, { tell: (line) => console.log(line) });
  if (outcome.findings.length > 0) process.exitCode = 1;
  console.log(outcome.findings.length > 0 ? accusation(outcome) : `seed ${seed}: every invariant held`);
}

function summary(outcomes: readonly Outcome[], bad: readonly Outcome[], seconds: number, cpuSeconds: number) {
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((all, one) => all + of(one), 0);
  const happened: Record<string, number> = {};
  for (const outcome of outcomes)
    for (const [what, times] of outcome.happened) happened[what] = (happened[what] ?? 0) + times;
  return {
    from,
    seeds: outcomes.length,
    failed: bad.map(({ seed }) => seed),
    steps: sum(({ steps }) => steps),
    acked: sum(({ acks }) => acks),
    kept: sum(({ events }) => events),
    claims: sum(({ claims }) => claims),
    happened: Object.fromEntries(Object.entries(happened).sort(([, a], [, b]) => b - a)),
    seconds: rounded(seconds),
    per_second: rounded(outcomes.length / seconds),
    per_cpu_second: rounded(outcomes.length / cpuSeconds),
  };
}

/** A line every two seconds. */
function progress(): (outcomes: readonly Outcome[]) => boolean {
  let told = performance.now();
  return (outcomes) => {
    if (performance.now() - told < 2000) return true;
    told = performance.now();
    const bad = outcomes.filter(({ findings }) => findings.length > 0).length;
    console.log(`${outcomes.length}/${seeds} seeds, ${bad} broke something`);
    return true;
  };
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError("It must be a whole number.");
  return value;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
