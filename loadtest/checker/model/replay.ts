import type { Shown } from "../../history/screen-lines.ts";
import type { Noticed } from "./gather.ts";
import type { Viewing } from "./screens.ts";

/** What a change of the screen put where, and what it took away. */
export type Change = { readonly at: number; readonly came: readonly Shown[]; readonly went: readonly Shown[] };

/** Goes through what a screen showed, change by change. `list` is the list after it, and belongs to the replay. */
export function replay(
  viewing: Viewing,
  visit: (list: readonly Shown[], change: Change, noticed: Noticed<"ui">) => void,
): readonly Shown[] {
  let list: Shown[] = [];
  for (const noticed of viewing.changes) {
    const { at, gone, lines } = noticed.line;
    const went = list.slice(at, at + gone);
    // Mostly the end changes: nothing of a long list is moved then.
    if (at + gone >= list.length) {
      list.length = Math.min(at, list.length);
      for (const line of lines) list.push(line);
    } else list = [...list.slice(0, at), ...lines, ...list.slice(at + gone)];
    visit(list, { at, came: lines, went }, noticed);
  }
  return list;
}
