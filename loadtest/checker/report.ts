import type { Percentiles } from "./figures/percentiles.ts";
import type { Result } from "./judge.ts";
import { invariants, type Example } from "./verdict.ts";

/** The result as a person reads it. */
export function report(result: Result): string {
  const { seed, seconds, nodes, people, sent, acked } = result;
  const run = seed === null ? "A run" : `Seed ${seed}, ${seconds} s, ${nodes} nodes, ${people} people`;
  const injections = Object.entries(result.injections).map(([name, times]) => `${name} ×${times}`);
  return [
    `${run}: ${sent} sent, ${acked} acknowledged`,
    `${result.lost} lost, ${result.duplicated} doubled, ${result.misordered} misordered, ${result.phantom} invented, ${result.holes} holes`,
    `faults: ${injections.join(", ") || "none"}`,
    `delivered in ${inWords(result.deliver_ms)}; after a kill in ${inWords(result.failover_ms)}`,
    ...(result.stalled_ms > 0
      ? [`processes did not run for ${result.stalled_ms} ms in all, and nobody had frozen them`]
      : []),
    "",
    ...result.verdicts.flatMap(({ invariant, outcome, judged, violations, examples }) => [
      `${invariant.padEnd(4)}${outcome.padEnd(14)}${invariants[invariant]}${judged > 0 ? ` (${judged} judged)` : ""}`,
      ...(violations > 0 ? [`      ${violations} times:`, ...examples.map(exampleInWords)] : []),
    ]),
  ].join("\n");
}

function exampleInWords({ says, conversation, key, seq, lines }: Example): string {
  const where = [
    ...(conversation ? [`conversation ${conversation}`] : []),
    ...(seq === undefined ? [] : [`number ${seq}`]),
    ...(key ? [`key ${key}`] : []),
    ...lines,
  ];
  return `      - ${says}${where.length > 0 ? `\n        ${where.join(", ")}` : ""}`;
}

const inWords = (ms: Percentiles | null): string =>
  ms ? `${ms.p50} ms (median), ${ms.p99} ms (p99), ${ms.max} ms (slowest)` : "no known time";
