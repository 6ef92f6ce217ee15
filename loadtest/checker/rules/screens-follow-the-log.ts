import type { Shown } from "../../history/screen-lines.ts";
import type { Noticed } from "../model/gather.ts";
import type { Model } from "../model/model.ts";
import { replay } from "../model/replay.ts";
import { eventIdOf, isUnsaved, tentativeFrom } from "../model/shown.ts";
import type { Viewing } from "../model/screens.ts";
import type { Visible, VisibleLine } from "../model/visible.ts";
import type { Findings, Rule } from "../verdict.ts";

export const screensFollowTheLog: Rule = {
  invariant: "I6",
  judge: (model, findings) => {
    for (const viewing of model.viewings) {
      const visible = model.conversations.get(viewing.conversation)?.visibleTo(viewing.screen.side);
      if (!visible) continue;
      const prefix = new Prefix(viewing, visible, findings);
      const last = replay(viewing, (list, change, noticed) => prefix.see(list, change, noticed));
      judgeEnd(model, viewing, visible, last, findings);
    }
  },
};

/**
 * Whether a list can be the log up to some number: in order, each text one that the message had, and all of them at the
 * same moment. Holes are another rule's. Only what changed is looked at.
 */
class Prefix {
  readonly #viewing: Viewing;
  readonly #visible: Visible;
  readonly #findings: Findings;
  /** Of lines that show a changed text: the number of that change. */
  readonly #notBefore = new Map<number, number>();
  /** Of lines that show a text that was changed later: the last number at which it still read so. */
  readonly #notAfter = new Map<number, number>();

  constructor(viewing: Viewing, visible: Visible, findings: Findings) {
    this.#viewing = viewing;
    this.#visible = visible;
    this.#findings = findings;
  }

  see(
    list: readonly Shown[],
    { at, came, went }: { readonly at: number; readonly came: readonly Shown[]; readonly went: readonly Shown[] },
    noticed: Noticed<"ui">,
  ): void {
    this.#findings.saw(came.length);
    for (const { seq } of went)
      if (seq !== null) {
        this.#notBefore.delete(seq);
        this.#notAfter.delete(seq);
      }
    for (const shown of came) this.#judgeText(shown, noticed);
    this.#judgeOrder(list, at, came.length, noticed);
    this.#judgeMoment(list, noticed);
  }

  #judgeText(shown: Shown, noticed: Noticed<"ui">): void {
    const line = shown.seq === null ? undefined : this.#visible.at(shown.seq);
    // What is not in the log, or hidden from this side, is judged by others.
    if (!line || line.event.id !== eventIdOf(shown) || isUnsaved(shown)) return;
    const { seq } = line.event;
    const fits = line.versions.filter(({ hash }) => hash === shown.hash);
    const first = fits[0];
    if (!first || line.kind !== shown.kind) return this.#say("a line reads as it never did", seq, noticed);
    // The texts of a deleted message are withheld from then on, in its earlier events too: that says no moment.
    if (shown.hash === null) return;
    // An own edit reads as acknowledged, whether or not its event has come.
    if (first.seq > seq && shown.state === null) this.#notBefore.set(seq, first.seq);
    const next = line.versions[line.versions.indexOf(fits.at(-1) ?? first) + 1];
    if (next) this.#notAfter.set(seq, next.seq - 1);
  }

  #judgeOrder(list: readonly Shown[], at: number, count: number, noticed: Noticed<"ui">): void {
    for (let i = Math.max(1, at); i <= at + count && i < list.length; i += 1) {
      const [before, seq] = [list[i - 1]?.seq, list[i]?.seq];
      if (typeof before === "number" && typeof seq === "number" && seq < before)
        this.#say(`${seq} stands after ${before}`, seq, noticed);
    }
  }

  #judgeMoment(list: readonly Shown[], noticed: Noticed<"ui">): void {
    if (this.#notAfter.size === 0) return;
    const lastSaved = list[tentativeFrom(list) - 1]?.seq ?? 0;
    const lower = Math.max(lastSaved, ...this.#notBefore.values());
    for (const [seq, upTo] of this.#notAfter)
      if (upTo < lower) {
        this.#notAfter.delete(seq); // said once
        this.#say(`an old text, where ${lower} is shown already`, seq, noticed);
      }
  }

  #say(says: string, seq: number, noticed: Noticed<"ui">): void {
    this.#findings.found(says, { conversation: this.#viewing.conversation, seq }, noticed);
  }
}

/** Whoever was still looking when everybody had looked once more. */
function judgeEnd(
  { phases }: Model,
  viewing: Viewing,
  visible: Visible,
  last: readonly Shown[],
  findings: Findings,
): void {
  if (!phases.has("fetched") || viewing.until !== Infinity) return;
  const noticed = viewing.changes.at(-1);
  const saved = last.filter(({ seq }) => seq !== null);
  const from = noticed?.line.older ? visible.indexOf(saved[0]?.seq ?? 0) : 0;
  const due = from === undefined ? [] : visible.lines.slice(from);
  const wrong = due.findIndex((line, i) => !isAtLast(line, saved[i]));
  if (wrong < 0 && saved.length === due.length) return;
  const seq = (wrong < 0 ? saved[due.length]?.seq : due[wrong]?.event.seq) ?? undefined;
  const says = `at the end ${viewing.screen.who} shows ${saved.length} lines of ${due.length}, wrong from ${seq ?? 1} on`;
  findings.found(says, { conversation: viewing.conversation, ...(seq !== undefined && { seq }) }, noticed);
}

const isAtLast = ({ event, versions }: VisibleLine, shown: Shown | undefined): boolean =>
  shown !== undefined &&
  eventIdOf(shown) === event.id &&
  (isUnsaved(shown) || shown.hash === (versions.at(-1)?.hash ?? null));
