import { writeFileSync } from "node:fs";
import type { Reporter, SerializedError, TestCase, TestModule } from "vitest/node";
import { add, failure, nothing, type Tally } from "./tally.ts";

/** Counts a Vitest run into the file TALLY_FILE names. Vitest's own JSON does not say why a test was skipped. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const file = process.env.TALLY_FILE;
    if (!file) throw new Error("TALLY_FILE is not set");
    const broken = unhandled.map((error) => failure(`outside any test: ${error.message}`));
    writeFileSync(file, JSON.stringify(add([...modules.map(countModule), ...broken])));
  }
}

function countModule(module: TestModule): Tally {
  const faults = module.errors().map((error) => failure(`${module.relativeModuleId}: ${error.message}`));
  return add([...[...module.children.allTests()].map(countTest), ...faults]);
}

function countTest(test: TestCase): Tally {
  const result = test.result();
  const title = `${test.module.relativeModuleId} › ${test.fullName}`;
  if (result.state === "passed") return { ...nothing, passed: 1 };
  if (result.state === "failed") return failure(title);
  const why = result.state === "skipped" ? (result.note ?? "marked to be skipped") : "never ran";
  return { ...nothing, skipped: [{ title, why }] };
}
