import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JSONReport } from "@playwright/test/reporter";
import { expect, test } from "vitest";
import { root, runTool } from "../run.ts";
import { countChaos } from "./chaos-tally.ts";
import { countPlaywright } from "./playwright-tally.ts";
import { add, exitCode, failure, lastLine, nothing, type Tally } from "./tally.ts";

const skipped = { ...nothing, skipped: [{ title: "a.test.ts › later", why: "no printer here" }] };

test("the last line has the form programs read", () => {
  expect(lastLine(add([{ ...nothing, passed: 3 }, failure("a.test.ts › broken"), skipped]))).toBe(
    "3 passed, 1 failed, 1 skipped",
  );
});

test("a failure fails everywhere, something skipped fails in CI", () => {
  expect(exitCode(failure("x"), false)).toBe(1);
  expect(exitCode(skipped, true)).toBe(1);
  expect(exitCode(skipped, false)).toBe(0);
  expect(exitCode(nothing, true)).toBe(0);
});

test("Vitest's tests are counted with the reason of each that was skipped", async () => {
  const tally = await tallyOf(`
    import { expect, test } from "vitest";
    test("one", () => {});
    test("two", () => expect(1).toBe(2));
    test("three", (context) => context.skip("no printer here"));
    test.skip("four", () => {});
    test.todo("five");
  `);
  expect(tally).toEqual({
    passed: 1,
    failed: 1,
    failures: ["planted.test.ts › two"],
    skipped: [
      { title: "planted.test.ts › three", why: "no printer here" },
      { title: "planted.test.ts › four", why: "marked to be skipped" },
      { title: "planted.test.ts › five", why: "marked to be skipped" },
    ],
  });
});

test("a test file that cannot be loaded has failed, and so has a fault outside any test", async () => {
  expect((await tallyOf(`throw new Error("no such thing");`)).failures).toEqual(["planted.test.ts: no such thing"]);
  const loose = `import { test } from "vitest"; test("one", async () => { void Promise.reject(new Error("loose")); await new Promise(setImmediate); });`;
  expect(await tallyOf(loose)).toMatchObject({ passed: 1, failed: 1, failures: ["outside any test: loose"] });
});

test("Playwright's tests are counted, and a second try is a failure", () => {
  const spec = (title: string, status: string, annotations: object[] = []) => ({
    title,
    file: "walk.spec.ts",
    tests: [{ status, annotations }],
  });
  const report = {
    errors: [{ message: "no browser" }],
    suites: [
      { specs: [spec("one", "expected")], suites: [{ specs: [spec("two", "unexpected"), spec("three", "flaky")] }] },
      { specs: [spec("four", "skipped", [{ type: "skip", description: "no camera" }])] },
    ],
  };
  expect(countPlaywright(report as unknown as JSONReport)).toEqual({
    passed: 1,
    failed: 3,
    failures: ["walk.spec.ts › two", "walk.spec.ts › three (passed on a second try)", "outside any test: no browser"],
    skipped: [{ title: "walk.spec.ts › four", why: "no camera" }],
  });
});

test("of a chaos run each invariant that was judged is counted, and what came too late", () => {
  const invariants = { I1: "held", I2: "violated", I13: "not exercised", I22: "not judged" };
  expect(countChaos({ invariants, late: ["Ben still has something to send."], command: "npm run chaos" })).toEqual({
    passed: 1,
    failed: 2,
    skipped: [],
    failures: ["chaos › I2 did not hold: npm run chaos", "chaos › Ben still has something to send. npm run chaos"],
  });
});

async function tallyOf(code: string): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "tally-"));
  const file = join(folder, "tally.json");
  try {
    writeFileSync(
      join(folder, "planted.test.ts"),
      code.replace(`"vitest"`, JSON.stringify(join(root, "node_modules/vitest/dist/index.js"))),
    );
    const reporter = join(import.meta.dirname, "vitest-tally.ts");
    await runTool("vitest", ["run", "--root", folder, "--reporter", reporter], {
      TALLY_FILE: file,
    });
    return JSON.parse(readFileSync(file, "utf8")) as Tally;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
