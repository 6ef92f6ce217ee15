import type { Rule } from "../verdict.ts";

export const dense: Rule = {
  invariant: "I5",
  judge: ({ conversations }, findings) => {
    for (const { id, log, kept } of conversations.values()) {
      findings.saw(log.length);
      let before = 0;
      for (const event of log) {
        const { seq } = event.line.event;
        if (seq > before + 1) findings.found(`after ${before} comes ${seq}`, { conversation: id, seq }, event);
        before = seq;
      }
      if (!kept) continue;
      const { head, publicHead } = kept.line;
      if (head !== before)
        findings.found(`its head is ${head} and its last number ${before}`, { conversation: id }, kept);
      const lastPublic = log.findLast(({ line }) => !line.internal)?.line.event.seq ?? 0;
      if (publicHead !== lastPublic)
        findings.found(`customers' head is ${publicHead}, their last number ${lastPublic}`, { conversation: id }, kept);
    }
  },
};
