import type { JSONReport, JSONReportSpec, JSONReportSuite } from "@playwright/test/reporter";
import { add, failure, nothing, type Tally } from "./tally.ts";

/** Playwright's own JSON, counted. A test that needed a second try has failed. */
export function countPlaywright(report: JSONReport): Tally {
  const broken = report.errors.map((error) => failure(`outside any test: ${error.message ?? "unknown"}`));
  return add([...report.suites.map(countSuite), ...broken]);
}

function countSuite(suite: JSONReportSuite): Tally {
  return add([...suite.specs.flatMap(countSpec), ...(suite.suites ?? []).map(countSuite)]);
}

function countSpec(spec: JSONReportSpec): Tally[] {
  return spec.tests.map((test) => {
    const title = `${spec.file} › ${spec.title}`;
    if (test.status === "expected") return { ...nothing, passed: 1 };
    if (test.status !== "skipped")
      return failure(test.status === "flaky" ? `${title} (passed on a second try)` : title);
    const why = test.annotations.find((note) => note.type === "skip" || note.type === "fixme")?.description;
    return { ...nothing, skipped: [{ title, why: why ?? "marked to be skipped" }] };
  });
}
