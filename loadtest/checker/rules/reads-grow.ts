import type { Noticed } from "../model/gather.ts";
import type { Rule } from "../verdict.ts";

export const readsGrow: Rule = {
  invariant: "I15",
  judge: ({ conversations, all }, findings) => {
    const written = all.of("witness.read").sort((a, b) => a.line.order - b.line.order);
    const promised = all.of("read.kept");
    const highest = new Map<string, Noticed<"witness.read" | "read.kept">>();
    for (const one of written) {
      findings.saw();
      const before = highest.get(personOf(one.line));
      const { conversation, person, seq } = one.line;
      if (before?.line.what === "witness.read" && seq < before.line.seq)
        findings.found(
          `the read number of ${person} went from ${before.line.seq} to ${seq}`,
          { conversation, seq },
          one,
          before,
        );
      else highest.set(personOf(one.line), one);
    }
    for (const one of promised) {
      const before = highest.get(personOf(one.line));
      const known = before?.line.what === "witness.read" ? before.line.seq : (before?.line.upTo ?? 0);
      if (one.line.upTo > known) highest.set(personOf(one.line), one);
    }
    for (const conversation of conversations.values())
      for (const kept of conversation.reads) {
        findings.saw();
        const { person, seq } = kept.line;
        const best = highest.get(personOf(kept.line));
        highest.delete(personOf(kept.line));
        const known = best?.line.what === "witness.read" ? best.line.seq : (best?.line.upTo ?? 0);
        // A node says what it was asked to keep; the database keeps no more than there is.
        if (seq < Math.min(known, conversation.log.at(-1)?.line.event.seq ?? 0))
          findings.found(
            `the read number of ${person} was ${known} and is ${seq}`,
            { conversation: conversation.id, seq },
            kept,
            best,
          );
      }
    for (const lost of highest.values())
      findings.found("a read number that was kept is not there", { conversation: lost.line.conversation }, lost);
  },
};

const personOf = ({ conversation, person }: { readonly conversation: string; readonly person: string }): string =>
  `${conversation} ${person}`;
