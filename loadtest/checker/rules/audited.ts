import type { Rule } from "../verdict.ts";

/**
 * The chain is dense, each entry bound to the one before, and the newest is the one that the chain knows as its newest.
 * Of the changes that a run makes, the opening of a conversation is one that must have its entry, once.
 */
export const audited: Rule = {
  invariant: "I19",
  judge: ({ all, conversations }, findings) => {
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
    const opened = Map.groupBy(
      all.of("kept.audit").filter(({ line }) => line.action === "conversation.open"),
      ({ line }) => line.object,
    );
    for (const { id, kept } of conversations.values()) {
      if (!kept || !entries.has(kept.line.org)) continue;
      findings.saw();
      const count = opened.get(id)?.length ?? 0;
      if (count !== 1) findings.found(`opened once, with ${count} entries`, { conversation: id }, kept);
    }
    for (const verdict of all.of("audit.verdict")) {
      const { org, n, hash, firstBad } = verdict.line;
      const last = entries.get(org)?.at(-1);
      if (n !== (last?.line.n ?? 0) || hash !== (last?.line.hash ?? ""))
        findings.found(`the chain knows ${n} entries and has ${last?.line.n ?? 0}`, {}, verdict, last);
      if (firstBad !== null) findings.found(`entry ${firstBad} was not written by this desk`, {}, verdict);
    }
  },
};
