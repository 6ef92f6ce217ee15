import { describe, expect, test } from "vitest";
import { allRules } from "../rules/all-rules.ts";
import { findings, judged, violated } from "./testing/judged.ts";
import { leaks, limits, owners, sleepers, tables } from "./testing/plants-of-nodes.ts";
import { doubled, invented, lost, misordered } from "./testing/plants-of-messages.ts";
import { honesty, lists, secrets } from "./testing/plants-of-screens.ts";

const plants = [
  ...[lost, doubled, invented, misordered, lists, honesty, secrets, owners, sleepers, tables, limits, leaks].flat(),
];
const seeds = [1, 2, 3];

test("every rule has a planted violation", () => {
  expect(new Set(plants.map(({ invariant }) => invariant))).toEqual(
    new Set(allRules.map(({ invariant }) => invariant)),
  );
});

describe.each(plants)("[$invariant] $says", ({ invariant, day, also = [] }) => {
  test.each(seeds)("is named, and nothing else is (seed %i)", (seed) => {
    const result = judged(day(seed));
    const expected = new Set<string>([invariant, ...also]);
    expect(new Set(violated(result)), findings(result).join("\n")).toEqual(expected);
  });
});
