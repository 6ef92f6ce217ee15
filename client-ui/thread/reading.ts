import type { RdMessageBubble } from "../message-bubble/message-bubble.component.ts";
import { say } from "../words/words.ts";
import type { MessageItem, ThreadItem } from "./thread-item.ts";

/** Messages that came at the end. What was put before the oldest is not new. */
export function appended(before: readonly ThreadItem[], now: readonly ThreadItem[]): readonly MessageItem[] {
  const tail = before.slice(-50).filter((item) => item.kind === "message");
  const known = new Set(tail.map((item) => item.id));
  const from = now.findLastIndex((item) => item.id === tail[0]?.id);
  if (from < 0) return [];
  return now.slice(from).filter((item): item is MessageItem => item.kind === "message" && !known.has(item.id));
}

/** Are these rows of the same conversation? Its newest line is nearly always in both, or its oldest. */
export function sharesLines(before: readonly ThreadItem[], now: readonly ThreadItem[]): boolean {
  const lines = before.filter((item) => "line" in item);
  if (lines.length === 0) return before.length === now.length;
  if (now.some((item) => item.id === lines.at(-1)?.id || item.id === lines[0]?.id)) return true;
  const known = new Set(lines.map((item) => item.id));
  return now.some((item) => known.has(item.id));
}

/** What a screen reader hears of them: only what others wrote. Own messages, ticks and typing are not read out. */
export function announce(fresh: readonly MessageItem[]): string {
  return fresh
    .filter(({ line }) => !line.own && line.body !== null && line.deletedBy === undefined)
    .map(({ line }) => `${line.kind === "note" ? `${say("note")}, ` : ""}${line.author.name}: ${line.body}`)
    .join("\n");
}

/** How many others wrote after a row. */
export function foreignAfter(items: readonly ThreadItem[], index: number): number {
  let count = 0;
  for (let at = index + 1; at < items.length; at++) {
    const item = items[at];
    if (item?.kind === "message" && !item.line.own) count++;
  }
  return count;
}

/** The newest message of others whose end is on screen. */
export function newestSeen(scroller: HTMLElement): string | undefined {
  const { top, bottom } = scroller.getBoundingClientRect();
  const bubbles = [...scroller.querySelectorAll<RdMessageBubble>("rd-message-bubble")];
  const seen = bubbles.findLast((bubble) => {
    if (bubble.item.line.own) return false;
    const box = bubble.getBoundingClientRect();
    return box.height > 0 && box.bottom <= bottom + 2 && box.bottom > top;
  });
  return seen?.item.id;
}
