import type { Rule } from "../verdict.ts";

export const ackedIsThere: Rule = {
  invariant: "I1",
  judge: ({ presses, conversations }, findings) => {
    for (const { conversation, author, key, heard, first } of presses) {
      const ack = heard.find(({ line }) => line.what === "ok");
      if (!ack) continue;
      findings.saw();
      const kept = conversations.get(conversation)?.byKey(author, key)[0];
      if (!kept) findings.found("acknowledged, and not in the log", { conversation, key }, ack, first);
      else if (first.line.hash !== null && kept.line.event.hash !== first.line.hash)
        findings.found("acknowledged, and kept with another text", { conversation, key }, ack, first, kept);
    }
  },
};
