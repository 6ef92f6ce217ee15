import type { Conversation, Kept } from "../model/conversation.ts";
import type { Noticed } from "../model/gather.ts";
import type { Model } from "../model/model.ts";
import { replay } from "../model/replay.ts";
import type { Viewing } from "../model/screens.ts";
import type { Findings, Rule } from "../verdict.ts";

export const nothingTwice: Rule = {
  invariant: "I3",
  judge: (model, findings) => {
    for (const conversation of model.conversations.values()) judgeLog(conversation, model, findings);
    for (const viewing of model.viewings) judgeScreen(viewing, findings);
  },
};

function judgeLog(conversation: Conversation, model: Model, findings: Findings): void {
  const ways: readonly [string, (kept: Kept) => string][] = [
    ["number", ({ line: { event } }) => `${event.seq}`],
    ["id", ({ line: { event } }) => event.id],
    ["key of one author", ({ line: { event } }) => `${event.by.id} ${event.key}`],
  ];
  findings.saw(conversation.log.length);
  for (const [what, of] of ways) {
    const seen = new Map<string, Kept>();
    for (const kept of conversation.log) {
      const before = seen.get(of(kept));
      const { seq, key } = kept.line.event;
      if (before)
        findings.found(`the same ${what} twice in the log`, { conversation: conversation.id, key, seq }, kept, before);
      seen.set(of(kept), kept);
    }
  }
  judgeTexts(conversation, model, findings);
}

/** Pressed once and kept under two keys is twice as well. */
function judgeTexts({ id, log }: Conversation, model: Model, findings: Findings): void {
  const seen = new Map<string, Kept>();
  for (const kept of log) {
    const { by, key, seq, hash, type } = kept.line.event;
    if (hash === null || !type.endsWith(".posted")) continue;
    const text = `${by.id} ${hash}`;
    const before = seen.get(text);
    if (before && !model.pressOf(id, by.id, key) && model.pressOf(id, by.id, before.line.event.key))
      findings.found("pressed once and kept under two keys", { conversation: id, key, seq }, kept, before);
    if (!before) seen.set(text, kept);
  }
}

function judgeScreen(viewing: Viewing, findings: Findings): void {
  const counts = new Map<string, number>();
  const { conversation } = viewing;
  replay(viewing, (_, { came, went }, noticed: Noticed<"ui">) => {
    for (const { key, seq } of went)
      for (const name of namesOf(key, seq)) counts.set(name, (counts.get(name) ?? 0) - 1);
    for (const { key, seq } of came)
      for (const name of namesOf(key, seq)) {
        const count = (counts.get(name) ?? 0) + 1;
        counts.set(name, count);
        if (count === 2)
          findings.found("twice on one screen", { conversation, key, ...(seq === null ? {} : { seq }) }, noticed);
      }
  });
}

const namesOf = (key: string, seq: number | null): readonly string[] => (seq === null ? [key] : [key, `${seq}`]);
