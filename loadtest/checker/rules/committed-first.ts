import type { EventFacts } from "../../history/shared-lines.ts";
import type { Conversation, Kept } from "../model/conversation.ts";
import type { Noticed } from "../model/gather.ts";
import type { Model } from "../model/model.ts";
import { replay } from "../model/replay.ts";
import { eventIdOf, isUnsaved } from "../model/shown.ts";
import type { Viewing } from "../model/screens.ts";
import type { Findings, Rule } from "../verdict.ts";

const nothingIsThere = "of a conversation that is not in the database";

export const committedFirst: Rule = {
  invariant: "I4",
  judge: (model, findings) => {
    for (const [id, receipts] of model.receipts)
      for (const { noticed } of receipts) judgeReceipt(model, model.conversations.get(id), noticed, findings);
    for (const viewing of model.viewings) judgeScreen(model, viewing, findings);
    judgeAcks(model, findings);
    judgeLog(model, findings);
  },
};

function judgeReceipt(
  model: Model,
  conversation: Conversation | undefined,
  noticed: Noticed<"recv" | "page">,
  findings: Findings,
): void {
  const { line } = noticed;
  if (!conversation) return findings.found(`received ${nothingIsThere}`, { conversation: line.conversation }, noticed);
  if (line.what === "recv") {
    for (const { event } of line.frames) {
      const kept = judgeKept(model, conversation, { ...event, t: line.t }, "received", findings, noticed);
      if (kept && !isSame(conversation, event, kept.line.event))
        findings.found("received otherwise than kept", at(conversation, event), noticed, kept);
    }
    return;
  }
  for (const one of line.lines) {
    const kept = judgeKept(model, conversation, { ...one, t: line.t }, "received", findings, noticed);
    const versions = conversation.visibleTo("staff").at(one.seq)?.versions ?? [];
    if (kept && one.hash !== null && !versions.some(({ hash }) => hash === one.hash))
      findings.found("received with a text it never had", at(conversation, one), noticed, kept);
  }
}

/** The event of the log with this number and id, if it was committed by then; says so if not. */
function judgeKept(
  model: Model,
  conversation: Conversation,
  { seq, id, t }: { readonly seq: number; readonly id: string; readonly t: number },
  how: string,
  findings: Findings,
  noticed: Noticed,
): Kept | undefined {
  findings.saw();
  const kept = conversation.bySeq(seq);
  const where = { conversation: conversation.id, seq };
  if (!kept || (id !== "" && kept.line.event.id !== id)) {
    findings.found(`${how}, and not in the log`, where, noticed, kept);
    return undefined;
  }
  if (model.hasNodes && t < conversation.commits.of(seq)) {
    findings.found(`${how} before any node knew it to be committed`, where, noticed, kept);
    return undefined;
  }
  return kept;
}

function isSame(conversation: Conversation, a: EventFacts, b: EventFacts): boolean {
  const [t, u] = [a.target, b.target];
  // The texts of a deleted message are withheld, also from who fetches its earlier events.
  const isWithheld = a.hash === null && conversation.isDeleted(t?.id ?? a.id);
  const isSameTarget = t?.id === u?.id && t?.version === u?.version && t?.note === u?.note;
  return (
    a.key === b.key && a.by.id === b.by.id && a.type === b.type && isSameTarget && (isWithheld || a.hash === b.hash)
  );
}

/** Each line of a screen is judged when it first shows as saved. */
function judgeScreen(model: Model, viewing: Viewing, findings: Findings): void {
  const conversation = model.conversations.get(viewing.conversation);
  const judged = new Set<string>();
  replay(viewing, (_, { came }, noticed) => {
    for (const shown of came) {
      if (shown.seq === null || judged.has(shown.key) || isUnsaved(shown)) continue;
      judged.add(shown.key);
      const { seq } = shown;
      if (!conversation)
        findings.found(`shown ${nothingIsThere}`, { conversation: viewing.conversation, seq }, noticed);
      else judgeKept(model, conversation, { seq, id: eventIdOf(shown), t: noticed.line.t }, "shown", findings, noticed);
    }
  });
}

function judgeAcks({ presses, conversations, hasNodes }: Model, findings: Findings): void {
  for (const { conversation: id, author, key, heard } of presses)
    for (const ack of heard) {
      if (ack.line.what !== "ok") continue;
      findings.saw();
      const { seq } = ack.line;
      const conversation = conversations.get(id);
      const kept = conversation?.byKey(author, key)[0];
      // One that is not there at all is lost: I1 says so.
      if (hasNodes && kept && ack.line.t < (conversation?.commits.of(kept.line.event.seq) ?? 0))
        findings.found(
          "acknowledged before any node knew it to be committed",
          { conversation: id, key, seq },
          ack,
          kept,
        );
    }
}

/** What stands in the log was pressed by somebody: in conversations of a run's own customers, by a run's own people. */
function judgeLog({ presses, screens, conversations, pressOf }: Model, findings: Findings): void {
  const texts = new Set(presses.map(({ author, first }) => `${author} ${first.line.hash}`));
  const authors = new Set(presses.map(({ author }) => author));
  const people = new Set([...screens.values()].map(({ person }) => person));
  for (const { id, log, kept: conversation } of conversations.values()) {
    if (!conversation || !people.has(conversation.line.customer)) continue;
    for (const kept of log) {
      const { by, key, hash, seq, type } = kept.line.event;
      if (!type.startsWith("message.") && !type.startsWith("note.")) continue;
      const isUnknown = authors.has(by.id) && !pressOf(id, by.id, key);
      // The same text under another key is a double: I3 says so.
      if (isUnknown && !texts.has(`${by.id} ${hash}`))
        findings.found("kept, and nobody wrote it", { conversation: id, key, seq }, kept);
    }
  }
}

const at = (conversation: Conversation, { seq }: { readonly seq: number }) => ({ conversation: conversation.id, seq });
