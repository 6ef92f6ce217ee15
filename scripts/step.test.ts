import { expect, test } from "vitest";
import { run } from "./run.ts";
import { describeStep, runSteps, type StepResult } from "./step.ts";

test("every step runs and is told, whatever became of the others", async () => {
  const told: StepResult[] = [];
  const steps = [
    { name: "good", run: () => Promise.resolve({ problems: [], note: "3 files" }) },
    { name: "bad", run: () => Promise.resolve({ problems: ["a.ts: wrong"] }) },
    { name: "broken", run: () => Promise.reject(new Error("no tool")) },
  ];
  await runSteps(steps, 2, (result) => told.push(result));
  const lines = told.map(describeStep).join("\n");
  expect(lines).toMatch(/✓ good +\d\.\d s {2}3 files/);
  expect(lines).toMatch(/✗ bad +\d\.\d s\n {4}a\.ts: wrong/);
  expect(lines).toMatch(/✗ broken +\d\.\d s\n {4}broken broke: Error: no tool/);
});

test("an unknown step or flag is refused in one sentence", async () => {
  const step = await run(process.execPath, ["scripts/check.ts", "--only", "spelling"]);
  expect(step.output).toMatch(/^error: option '--only <step>' argument 'spelling' is invalid\..*\n$/);
  expect(step.code).toBe(1);
  const flag = await run(process.execPath, ["scripts/test.ts", "--fast"]);
  expect(flag).toEqual({ code: 1, output: "error: unknown option '--fast'\n" });
});
