import { expect, test } from "vitest";
import { findings, judged } from "./testing/judged.ts";
import { honestDay } from "./testing/honest-day.ts";

const notYet = ["I13", "I14", "I17", "I18", "I23"];

test("an honest day holds every invariant that has arrived, and each had something to judge", () => {
  const result = judged(honestDay(1));
  expect(findings(result)).toEqual([]);
  for (const [invariant, outcome] of Object.entries(result.invariants))
    expect([invariant, outcome]).toEqual([invariant, notYet.includes(invariant) ? "not exercised" : "held"]);
});
