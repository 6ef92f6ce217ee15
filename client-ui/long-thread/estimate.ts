import type { ThreadItem } from "../thread/thread-item.ts";

const line = 20;
const charactersOfALine = 72;

/** About how high a row will be. The closer, the less the scroll bar corrects itself on the way. */
export function estimate(item: ThreadItem | undefined): number {
  if (item?.kind !== "message") return 28;
  const { body, kind, own, state } = item.line;
  const lines = (body ?? "")
    .split("\n")
    .reduce((sum, part) => sum + Math.max(1, Math.ceil(part.length / charactersOfALine)), 0);
  const text = lines * line + 19;
  if (kind === "note") return text + 22;
  const foot = (item.last && (!own || lines > 1 || (body ?? "").length > 36)) || state === "not_saved" ? 19 : 0;
  return text + foot + (item.first ? 5 : 0);
}
