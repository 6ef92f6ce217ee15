import { writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import { provideChromium } from "./provide/chromium.ts";
import { Missing } from "./provide/missing.ts";
import { provideProxies } from "./provide/proxies.ts";
import { provideRedis, type Provided } from "./provide/redis.ts";
import { partNames, runPart, type PartName } from "./test/parts.ts";
import { add, exitCode, failure, lastLine, type Tally } from "./test/tally.ts";

const command = new Command("npm test --")
  .description(
    "Everything: static checks, build, units, stores on PostgreSQL, rooms, components in Chromium, end to end, a short chaos run.",
  )
  .addOption(new Option("--only <part>", "run one part").choices(partNames))
  .option("--json <file>", "write the result there")
  .allowExcessArguments(false)
  .parse();
const { only, json } = command.opts<{ only?: PartName; json?: string }>();

const parts = partNames.filter((part) => !only || part === only);
const inChromium: readonly PartName[] = ["components", "e2e"];
const besideRedis: readonly PartName[] = ["unit", "rooms", "e2e", "chaos"];
const behindProxies: readonly PartName[] = ["unit"];

let redis: Provided | undefined;
try {
  const chromium = parts.some((part) => inChromium.includes(part)) ? provideChromium() : {};
  if (parts.some((part) => behindProxies.includes(part))) provideProxies();
  redis = parts.some((part) => besideRedis.includes(part)) ? await provideRedis() : undefined;
  const total = await runAll({ ...chromium, ...redis?.env });
  report(total);
  process.exitCode = exitCode(total, Boolean(process.env.CI));
} catch (fault) {
  if (!(fault instanceof Missing)) throw fault;
  console.error(fault.message);
  process.exitCode = 1;
} finally {
  await redis?.stop();
}

async function runAll(env: NodeJS.ProcessEnv): Promise<Tally> {
  const tallies: Tally[] = [];
  for (const [index, part] of parts.entries()) {
    if (process.exitCode) return add([...tallies, failure("stopped before the end")]);
    console.log(`\n── ${part} (${index + 1} of ${parts.length})`);
    const began = performance.now();
    const tally = await runPart(part, env);
    tallies.push(tally);
    console.log(`── ${part}: ${lastLine(tally)}, ${((performance.now() - began) / 1000).toFixed(0)} s`);
    if (part === "build" && tally.failed > 0 && parts.includes("e2e")) {
      parts.splice(parts.indexOf("e2e"), 1);
      tallies.push(failure("e2e did not run: there is nothing built to look at"));
    }
  }
  return add(tallies);
}

function report(total: Tally): void {
  if (json) writeFileSync(json, JSON.stringify(total, null, 2));
  console.log("");
  for (const title of total.failures) console.log(`failed: ${title}`);
  for (const { title, why } of total.skipped) console.log(`skipped: ${title} (${why})`);
  console.log(lastLine(total));
}
