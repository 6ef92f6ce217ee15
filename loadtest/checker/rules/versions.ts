import type { Conversation, Kept } from "../model/conversation.ts";
import type { Findings, Rule } from "../verdict.ts";

export const versions: Rule = {
  invariant: "I16",
  judge: ({ conversations }, findings) => {
    for (const conversation of conversations.values()) {
      const changes = Map.groupBy(
        conversation.log.filter(({ line }) => line.event.target),
        ({ line }) => line.event.target?.id ?? "",
      );
      for (const [id, own] of changes) judgeMessage(conversation, id, own, findings);
      judgeTable(conversation, changes, findings);
    }
  },
};

function judgeMessage(conversation: Conversation, id: string, changes: readonly Kept[], findings: Findings): void {
  const posted = conversation.byId(id);
  const where = { conversation: conversation.id };
  if (!posted?.line.event.type.endsWith(".posted")) findings.found("a change of what is not there", where, changes[0]);
  let version = 1;
  let isDeleted = false;
  for (const change of changes) {
    findings.saw();
    const { event } = change.line;
    version += 1;
    if (event.target?.version !== version)
      findings.found(
        `version ${event.target?.version} where ${version} is due`,
        { ...where, seq: event.seq },
        change,
        posted,
      );
    if (isDeleted) findings.found("changed after it was deleted", { ...where, seq: event.seq }, change, posted);
    if (posted && (posted.line.event.type === "note.posted") !== event.target?.note)
      findings.found(
        "a change that takes a note for a message, or the other way round",
        { ...where, seq: event.seq },
        change,
        posted,
      );
    isDeleted = event.type === "message.deleted";
  }
}

/** Each message reads as its last change left it, and the log and the table know the same messages. */
function judgeTable(
  conversation: Conversation,
  changes: ReadonlyMap<string, readonly Kept[]>,
  findings: Findings,
): void {
  const posted = conversation.log.filter(({ line }) => line.event.type.endsWith(".posted"));
  const table = new Map(conversation.messages.map((one) => [one.line.id, one]));
  for (const post of posted) {
    const { id, seq } = post.line.event;
    const last = changes.get(id)?.at(-1) ?? post;
    const now = table.get(id);
    const { event } = last.line;
    const isAsDue =
      now?.line.seq === seq &&
      now.line.hash === event.hash &&
      now.line.version === (event.target?.version ?? 1) &&
      now.line.deleted === (event.type === "message.deleted");
    if (!isAsDue)
      findings.found("the message does not read as the log says", { conversation: conversation.id, seq }, now, last);
  }
}
