import { writeFileSync } from "node:fs";
import { CrewFailed } from "./crew.ts";
import { UnusableCredentials } from "./credentials.ts";
import { readOptions } from "./options.ts";
import { MissingProgram } from "./own-desk.ts";
import { run } from "./run.ts";
import { sentences } from "./report.ts";

const options = readOptions(process.argv.slice(2));
try {
  const { result, complaints } = await run(options);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(result, undefined, 2)}\n`);
  for (const line of sentences(result)) console.log(line);
  for (const line of complaints) console.error(line);
  process.exitCode = complaints.length > 0 ? 1 : 0;
} catch (error) {
  const isForPeople = [UnusableCredentials, CrewFailed, MissingProgram].some((kind) => error instanceof kind);
  console.error(isForPeople ? (error as Error).message : error);
  process.exitCode = 1;
}
