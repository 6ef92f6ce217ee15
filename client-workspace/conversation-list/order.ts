import type { Row } from "#protocol/workspace.ts";

export type Order = "newest" | "waiting";

/** As they come, or the longest wait first and those nobody waits for after them. */
export function inOrder(rows: readonly Row[], order: Order): readonly Row[] {
  if (order === "newest") return rows;
  const wait = (row: Row) => row.waitingSince ?? Number.MAX_SAFE_INTEGER;
  return [...rows].sort((one, other) => wait(one) - wait(other) || other.lastAt - one.lastAt);
}

const pauseMs = 800;

/** Typing ahead: the same letters within a moment make a longer beginning; a single one goes on to the next. */
export class TypeAhead {
  #typed = "";
  #typedAt = -Infinity;

  /** @returns the index of the next name that begins so, after `from`; -1 when there is none */
  find(key: string, names: readonly string[], from: number, now = performance.now()): number {
    this.#typed = now - this.#typedAt > pauseMs ? key : this.#typed + key;
    this.#typedAt = now;
    const beginning = this.#typed.toLocaleLowerCase();
    const start = this.#typed.length > 1 ? Math.max(from, 0) : from + 1;
    const order = names.map((_, i) => (start + i) % names.length);
    return order.find((at) => names[at]?.toLocaleLowerCase().startsWith(beginning)) ?? -1;
  }
}
