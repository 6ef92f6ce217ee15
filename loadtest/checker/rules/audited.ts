import type { Rule } from "../verdict.ts";

/**
 * The chain: dense, each entry bound to the one before, the newest the one that the chain knows as its newest. A broken
 * one is named; an unbroken one is not yet called held, since no run can say which changes should have their entry.
 */
export const audited: Rule = {
  invariant: "I19",
  judge: ({ all }, findings) => {
    const entries = Map.groupBy(
      all.of("kept.audit").sort((a, b) => a.line.n - b.line.n),
      ({ line }) => line.org,
    );
    for (const chain of entries.values())
      chain.forEach((entry, i) => {
        const before = chain[i - 1];
        const isNext = entry.line.n === i + 1 && entry.line.before === (before?.line.hash ?? "");
        if (!isNext) findings.found(`entry ${entry.line.n} does not follow the one before`, {}, entry, before);
      });
    for (const verdict of all.of("audit.verdict")) {
      const { org, n, hash, firstBad } = verdict.line;
      const last = entries.get(org)?.at(-1);
      if (n !== (last?.line.n ?? 0) || hash !== (last?.line.hash ?? ""))
        findings.found(`the chain knows ${n} entries and has ${last?.line.n ?? 0}`, {}, verdict, last);
      if (firstBad !== null) findings.found(`entry ${firstBad} was not written by this desk`, {}, verdict);
    }
  },
};
