import { Command, InvalidArgumentError } from "commander";
import { injections, type Injection } from "../../history/run-lines.ts";

export type Options = {
  readonly seed: number;
  readonly seconds: number;
  readonly nodes: number;
  readonly customers: number;
  readonly agents: number;
  readonly rate: number;
  readonly only?: readonly Injection[];
  readonly keep?: string;
  readonly json?: string;
  readonly fence: boolean;
  readonly embedded: boolean;
  /** How often each of both is killed. */
  readonly times: number;
};

export function readOptions(args: readonly string[]): Options {
  const {
    withoutFence = false,
    embedded = false,
    ...rest
  } = new Command("npm run chaos --")
    .description(
      "Starts PostgreSQL, Redis and nodes of its own on free loopback ports, lets simulated people talk, breaks everything " +
        "that can be broken, heals it, and has a separate program judge what everybody noticed. One seed decides everything.",
    )
    .option(
      "--seed <n>",
      "what is done to whom, and when; printed",
      whole(0, 2 ** 31),
      Math.floor(Math.random() * 2 ** 31),
    )
    .option("--seconds <n>", "how long things break", whole(1, 86_400), 90)
    .option("--nodes <n>", "nodes of the cluster", whole(1, 9), 3)
    .option("--customers <n>", "customers, each with a conversation", whole(1, 200), 6)
    .option("--agents <n>", "agents, each in a third of the conversations or more", whole(1, 4), 3)
    .option("--rate <n>", "messages a second, all together", whole(1, 1000), 15)
    .option("--only <faults>", `some of: ${injections.join(", ")}; "none" for no fault`, faults)
    .option("--keep <folder>", "keeps the histories there; they are always kept when something did not hold")
    .option("--json <file>", "writes the result there")
    .option("--without-fence", "lets stale owners write: the run must then find the split brain")
    .option("--embedded", "one node with its own PostgreSQL, and both of them killed, 30 times each")
    .option("--times <n>", "how often, with --embedded", whole(1, 1000), 30)
    .allowExcessArguments(false)
    .parse(args, { from: "user" })
    .opts<Omit<Options, "fence" | "embedded"> & { withoutFence?: boolean; embedded?: boolean }>();
  // One node with its PostgreSQL inside has no Redis and nobody beside it.
  return { ...rest, ...(embedded && { nodes: 1, only: [] }), fence: !withoutFence, embedded };
}

function faults(text: string): Injection[] {
  if (text === "none") return [];
  const known: readonly string[] = injections;
  const unknown = text.split(",").find((name) => !known.includes(name));
  if (unknown !== undefined) throw new InvalidArgumentError(`There is no fault ${unknown}.`);
  return text.split(",") as Injection[];
}

function whole(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
  };
}

/** Repeats a run. */
export function commandOf(options: Options): string {
  const { seed, seconds, nodes, customers, agents, rate, only, fence, embedded, times } = options;
  const some = only ? ` --only ${only.join(",") || "none"}` : "";
  const people = ` --customers ${customers} --agents ${agents} --rate ${rate}`;
  const kind = `${fence ? "" : " --without-fence"}${embedded ? ` --embedded --times ${times}` : ""}`;
  return `npm run chaos -- --seed ${seed} --seconds ${seconds} --nodes ${nodes}${people}${some}${kind}`;
}
