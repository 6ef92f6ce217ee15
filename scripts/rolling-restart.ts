import { Command, InvalidArgumentError } from "commander";
import { rollingRestart, StayedAway } from "./restart/rolling.ts";

const seconds = (value: string): number => {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new InvalidArgumentError("It must be a whole number from 1 to 9999.");
  return Number(value);
};

const command = new Command("npm run rolling-restart --")
  .description("Restarts one node after the other, each when the one before is ready again.")
  .argument("<node...>", "names of the nodes, put in place of {} below")
  .requiredOption("--restart <command>", 'such as "systemctl restart roomdesk@{}"')
  .requiredOption("--ready <url>", 'such as "http://127.0.0.1:{}/readyz"')
  .option("--within <seconds>", "how long a node may take to be ready again", seconds, 60)
  .parse();
const { restart, ready, within } = command.opts<{ restart: string; ready: string; within: number }>();

try {
  await rollingRestart(command.args, { restart, ready, withinMs: within * 1000, say: console.log });
} catch (failure) {
  if (!(failure instanceof StayedAway)) throw failure;
  console.error(failure.message);
  process.exitCode = 1;
}
