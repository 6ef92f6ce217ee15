import type { Line } from "#protocol/conversation.ts";
import { ticks, viewOf, type LookOf, type Marks } from "./line-view.ts";
import type { Pending } from "./pending-rows.ts";
import { bubbleOf, isChange } from "./pending-view.ts";
import type { ViewLine } from "./view-line.ts";

export type Shown = Omit<LookOf, "changes"> & { readonly lines: readonly Line[]; readonly pending: readonly Pending[] };

const none: readonly ViewLine[] = [];

/**
 * Lines and unsaved bubbles as a person sees them. Of 50,000 lines only those that changed are made anew: the others stay
 * the same objects, so whoever draws them can skip them.
 */
export class ViewLines {
  messages: readonly ViewLine[] = none;
  #shown: Shown | undefined;
  #look: LookOf | undefined;
  #views: readonly ViewLine[] = none;
  #bubbles: readonly ViewLine[] = none;

  /** Whether anything of `messages` has changed. */
  show(shown: Shown): boolean {
    const before = this.#shown;
    const look = { ...shown, changes: this.#changes(shown, before) };
    const views = this.#linesShown(shown, look);
    const bubbles = this.#bubblesShown(shown);
    this.#shown = shown;
    this.#look = look;
    if (views === this.#views && bubbles === this.#bubbles) return false;
    this.#views = views;
    this.#bubbles = bubbles;
    this.messages = bubbles.length === 0 ? views : [...views, ...bubbles];
    return true;
  }

  #linesShown(shown: Shown, look: LookOf): readonly ViewLine[] {
    const [before, lookBefore] = [this.#shown, this.#look];
    if (!before || !lookBefore || before.names !== shown.names || before.self !== shown.self)
      return shown.lines.map((line) => viewOf(line, look));
    let views = aligned(before.lines, this.#views, shown.lines, (line) => viewOf(line, look));
    views = ticked(views, shown.lines, lookBefore.marks, look);
    return rechanged(views, shown.lines, lookBefore, look);
  }

  #bubblesShown({ pending, self, isOffline }: Shown): readonly ViewLine[] {
    const before = this.#shown;
    if (before?.pending === pending && before.self === self && before.isOffline === isOffline) return this.#bubbles;
    const bubbles = pending.map((one) => bubbleOf(one, self, isOffline)).filter((bubble) => bubble !== undefined);
    return bubbles.length === 0 && this.#bubbles.length === 0 ? this.#bubbles : bubbles;
  }

  /** The last change of each message counts: the earlier ones are sent before it. */
  #changes({ pending, isOffline }: Shown, before: Shown | undefined): ReadonlyMap<string, Pending> {
    if (this.#look && before?.pending === pending && before.isOffline === isOffline) return this.#look.changes;
    const changes = new Map<string, Pending>();
    for (const one of pending) if (isChange(one.row.command)) changes.set(one.row.command.messageId, one);
    return changes;
  }
}

/** Views of the lines that are the same objects stay; what was put before, after or in between is made. */
function aligned(
  before: readonly Line[],
  views: readonly ViewLine[],
  lines: readonly Line[],
  make: (line: Line) => ViewLine,
): readonly ViewLine[] {
  if (before === lines) return views;
  const most = Math.min(before.length, lines.length);
  let head = 0;
  while (head < most && before[head] === lines[head]) head++;
  if (head === before.length) return views.concat(lines.slice(head).map(make)); // mostly: somebody wrote
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === lines[lines.length - 1 - tail]) tail++;
  return [
    ...views.slice(0, head),
    ...lines.slice(head, lines.length - tail).map(make),
    ...views.slice(views.length - tail, views.length),
  ];
}

/** Own messages between the old and the new marks. */
function ticked(views: readonly ViewLine[], lines: readonly Line[], before: Marks, look: LookOf): readonly ViewLine[] {
  const { marks } = look;
  if (before.read === marks.read && before.delivered === marks.delivered) return views;
  const from = Math.min(before.read, marks.read, before.delivered, marks.delivered);
  const to = Math.max(before.read, marks.read, before.delivered, marks.delivered);
  let next: ViewLine[] | undefined;
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at];
    if (!line || line.seq <= from) break;
    if (line.seq > to) continue;
    const view = views[at];
    if (view && "state" in view && view.own && view.state !== ticks(line, marks))
      (next ??= [...views])[at] = viewOf(line, look);
  }
  return next ?? views;
}

/** Messages whose edit or deletion on its way has come, gone or changed. */
function rechanged(
  views: readonly ViewLine[],
  lines: readonly Line[],
  before: LookOf,
  look: LookOf,
): readonly ViewLine[] {
  if (before.changes === look.changes) return views;
  const ids = new Set([...before.changes.keys(), ...look.changes.keys()]);
  if (ids.size === 0) return views;
  const next = [...views];
  for (const id of ids) {
    const at = lines.findLastIndex((line) => line.id === id);
    const line = lines[at];
    if (line) next[at] = viewOf(line, look);
  }
  return next;
}
