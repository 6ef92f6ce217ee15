import type { Shown } from "../../history/screen-lines.ts";
import type { Noticed } from "../model/gather.ts";
import { replay } from "../model/replay.ts";
import { tentativeFrom } from "../model/shown.ts";
import type { Viewing } from "../model/screens.ts";
import type { Visible } from "../model/visible.ts";
import type { Findings, Rule } from "../verdict.ts";

export const noHoleShown: Rule = {
  invariant: "I7",
  judge: ({ viewings, conversations }, findings) => {
    for (const viewing of viewings) {
      const visible = conversations.get(viewing.conversation)?.visibleTo(viewing.screen.side);
      if (visible) judgeViewing(viewing, visible, findings);
    }
  },
};

function judgeViewing(viewing: Viewing, visible: Visible, findings: Findings): void {
  replay(viewing, (list, { at, came }, noticed) => {
    findings.saw(came.length);
    if (at === 0) judgeStart(viewing, visible, list, noticed, findings);
    for (let i = Math.max(1, at); i <= at + came.length && i < list.length; i += 1) {
      const [before, after] = [indexAt(list, i - 1, visible), indexAt(list, i, visible)];
      if (before === undefined || after === undefined || after <= before + 1 || i >= tentativeFrom(list)) continue;
      const between = visible.lines.slice(before + 1, after).map(({ event }) => event.seq);
      // What stands elsewhere is misplaced, not missing: another rule's.
      const missing = between.find((seq) => !list.some((one) => one.seq === seq));
      if (missing === undefined) continue;
      const says = `shown up to ${list[i - 1]?.seq} and on from ${list[i]?.seq}`;
      findings.found(says, { conversation: viewing.conversation, seq: missing }, noticed);
    }
  });
}

/** A list that claims to be whole begins with the first line there is. */
function judgeStart(
  { conversation }: Viewing,
  visible: Visible,
  list: readonly Shown[],
  noticed: Noticed<"ui">,
  findings: Findings,
): void {
  const first = indexAt(list, 0, visible);
  if (noticed.line.older || first === undefined || first === 0 || tentativeFrom(list) === 0) return;
  findings.found(`the list says it is whole and begins with ${list[0]?.seq}`, { conversation, seq: 1 }, noticed);
}

function indexAt(list: readonly Shown[], i: number, visible: Visible): number | undefined {
  const seq = list[i]?.seq;
  return seq === null || seq === undefined ? undefined : visible.indexOf(seq);
}
