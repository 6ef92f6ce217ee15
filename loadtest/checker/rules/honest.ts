import type { Shown } from "../../history/screen-lines.ts";
import { Heard } from "../model/heard.ts";
import type { Noticed } from "../model/gather.ts";
import type { Model } from "../model/model.ts";
import { replay } from "../model/replay.ts";
import type { Press, Viewing } from "../model/screens.ts";
import { Stalls } from "../model/stalls.ts";
import type { Findings, Rule } from "../verdict.ts";

/** After so long without an answer the bubble says that it waits. */
const saysWithinMs = 3500;
/** A page that lost everything says so at the latest when its silence alarm rings. */
const missesWithinMs = 12_000;

export const honest: Rule = {
  invariant: "I21",
  judge: (model, findings) => {
    const heard = new Heard(model);
    const shown = new Map<string, Noticed<"ui">[]>();
    for (const viewing of model.viewings) judgeViewing(model, viewing, heard, shown, findings);
    const stalls = new Stalls(model);
    for (const press of model.presses) {
      const { at, line } = press.first;
      judgeSilence(model, press, stalls.after(at.file, line.t, saysWithinMs), shown, findings);
    }
    judgeBanners(model, findings);
  },
};

const nameOf = (who: string, key: string): string => `${who} ${key}`;

function judgeViewing(
  model: Model,
  viewing: Viewing,
  heard: Heard,
  waiting: Map<string, Noticed<"ui">[]>,
  findings: Findings,
): void {
  const { who } = viewing.screen;
  const known = new Map<string, Shown["state"]>();
  const last = replay(viewing, (_, { came }, noticed) => {
    for (const shown of came) {
      if (shown.state === null || known.get(shown.key) === shown.state) continue;
      known.set(shown.key, shown.state);
      findings.saw();
      if (shown.state !== "sending")
        waiting.set(nameOf(who, shown.key), [...(waiting.get(nameOf(who, shown.key)) ?? []), noticed]);
      judgeState(model, viewing, shown, heard, noticed, findings);
    }
  });
  judgeEnd(model, viewing, last, findings);
}

/** A bubble says no more than somebody has told this device. */
function judgeState(
  { conversations }: Model,
  { screen, conversation }: Viewing,
  { key, seq, state }: Shown,
  heard: Heard,
  noticed: Noticed<"ui">,
  findings: Findings,
): void {
  const { t } = noticed.line;
  const where = { conversation, key, ...(seq === null ? {} : { seq }) };
  if (state !== "saved" && state !== "delivered" && state !== "read") return;
  if (t < heard.ofSaved(screen, conversation, key))
    findings.found("shown as saved, and nobody had said so", where, noticed);
  if (seq === null || !conversations.has(conversation)) return;
  const other = screen.side === "customer" ? "staff" : "customer";
  if (state !== "saved" && t < heard.ofDelivered(conversation, other, seq))
    findings.found(`shown as ${state}, and nobody had got it`, where, noticed);
  if (state === "read" && t < heard.ofRead(conversation, other, seq))
    findings.found("shown as read, and nobody had read it", where, noticed);
}

/** When all is well, what is kept does not look unsaved. */
function judgeEnd(
  { phases, conversations }: Model,
  viewing: Viewing,
  last: readonly Shown[],
  findings: Findings,
): void {
  if (!phases.has("fetched") || viewing.until !== Infinity) return;
  const log = conversations.get(viewing.conversation);
  for (const { key, id, state } of last)
    if ((state === "sending" || state === "kept") && id !== "" && log?.byId(id))
      findings.found(
        `kept, and at the end shown as ${state}`,
        { conversation: viewing.conversation, key },
        viewing.changes.at(-1),
      );
}

/** Who waits longer than usual is told that it is not saved yet. */
function judgeSilence(
  { viewings }: Model,
  { screen, conversation, key, first, heard }: Press,
  due: number,
  shown: ReadonlyMap<string, readonly Noticed<"ui">[]>,
  findings: Findings,
): void {
  const { t, type } = first.line;
  if (type !== "message.send" && type !== "note.post") return;
  if (heard.some(({ line }) => line.what !== "info" && line.t <= due)) return;
  const isLooking = viewings.some(
    (one) =>
      one.screen === screen && one.conversation === conversation && one.changes[0]!.line.t <= due && one.until > due,
  );
  if (!isLooking || screen.gone.some((end) => end >= t && end <= due)) return;
  findings.saw();
  const said = shown.get(nameOf(screen.who, key))?.some(({ line }) => line.t >= t && line.t <= due);
  if (!said) findings.found(`unsaved for ${saysWithinMs} ms, and nothing said so`, { conversation, key }, first);
}

function judgeBanners({ did, viewings }: Model, findings: Findings): void {
  for (const { line } of did) {
    if (line.injection !== "offline" || line.until - line.from <= missesWithinMs) continue;
    const due = line.from + missesWithinMs;
    for (const viewing of viewings.filter(({ screen, until }) => line.targets.includes(screen.who) && until > due)) {
      const banner = viewing.changes.findLast((one) => one.line.t <= due);
      if (!banner) continue;
      findings.saw();
      if (banner.line.banner === "online" || banner.line.banner === "back")
        findings.found("offline, and the screen says it is online", { conversation: viewing.conversation }, banner);
    }
  }
}
