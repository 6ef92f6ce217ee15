import type { Conversation } from "../model/conversation.ts";
import type { Noticed } from "../model/gather.ts";
import type { Model } from "../model/model.ts";
import type { Press } from "../model/screens.ts";
import type { Findings, Rule } from "../verdict.ts";

export const acksAgree: Rule = {
  invariant: "I9",
  judge: (model, findings) => {
    for (const conversation of model.conversations.values()) judgeAnswers(conversation, findings);
    for (const press of model.presses) judgeAcks(model, press, findings);
  },
};

/** What nodes answered, whether or not it arrived. */
function judgeAnswers(conversation: Conversation, findings: Findings): void {
  const numbered = conversation.answers.filter(({ line }) => line.seq !== undefined);
  for (const answers of Map.groupBy(numbered, ({ line }) => `${line.by.id} ${line.key}`).values()) {
    const first = answers[0];
    if (!first) continue;
    if (answers.length > 1) findings.saw();
    const { key, by } = first.line;
    const kept = conversation.byKey(by.id, key)[0];
    const seq = kept?.line.event.seq ?? first.line.seq;
    const other = answers.find(({ line }) => line.seq !== seq);
    if (other)
      findings.found(
        `answered with ${other.line.seq} and with ${seq}`,
        { conversation: conversation.id, key },
        other,
        kept,
      );
  }
}

function judgeAcks({ conversations }: Model, { conversation, author, key, heard }: Press, findings: Findings): void {
  const acks = heard.filter((one): one is Noticed<"ok"> => one.line.what === "ok");
  const first = acks[0];
  if (!first) return;
  if (acks.length > 1) findings.saw();
  const kept = conversations.get(conversation)?.byKey(author, key)[0];
  const { seq, id } = kept?.line.event ?? first.line;
  const where = { conversation, key, seq };
  const other = acks.find(({ line }) => line.seq !== seq || line.id !== id);
  if (other) findings.found(`acknowledged with ${other.line.seq} and with ${seq}`, where, other, first, kept);
  const refused = heard.find(({ line }) => line.what === "fail" && line.t > first.line.t);
  if (refused) findings.found("acknowledged, then refused", where, refused, first);
}
