import type { Kept } from "../model/conversation.ts";
import type { Press } from "../model/screens.ts";
import type { Rule } from "../verdict.ts";

export const senderOrder: Rule = {
  invariant: "I8",
  judge: ({ presses, conversations }, findings) => {
    // Two tabs of one device press at the same moment without an order; each by itself has one.
    const lanes = Map.groupBy(presses, ({ screen, conversation }) => `${screen.who} ${conversation}`);
    for (const lane of lanes.values()) {
      let before: Kept | undefined;
      for (const press of lane.filter(keepsItsPlace)) {
        const { conversation, author, key } = press;
        const kept = conversations.get(conversation)?.byKey(author, key)[0];
        if (!kept) continue;
        if (before) findings.saw();
        const { seq } = kept.line.event;
        const seqBefore = before?.line.event.seq ?? 0;
        if (seq < seqBefore)
          findings.found(
            `sent after what has number ${seqBefore}, and has ${seq}`,
            { conversation, key, seq },
            kept,
            press.first,
            before,
          );
        if (seq > seqBefore) before = kept;
      }
    }
  },
};

/** What was refused and sent again later has lost its place. */
const keepsItsPlace = ({ heard }: Press): boolean =>
  !heard.some(({ line }) => line.what === "fail" || line.what === "retried" || line.what === "discarded");
