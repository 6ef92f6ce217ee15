import type { ViewLine } from "#client-sdk/view-line.ts";
import type { Colleague } from "#protocol/workspace.ts";

export type Names = {
  /** As the list calls them, and by the id it knows them under, so that the tint is the same; `null`: not known yet. */
  readonly customer: { readonly id: string; readonly name: string } | null;
  /** Colleagues write notes without being members, and the header knows members only. */
  readonly colleagues: readonly Colleague[];
};

/** Gives the lines the names the rest of the screen uses. A line that has not changed keeps its identity. */
export function naming({ customer, colleagues }: Names): (lines: readonly ViewLine[]) => readonly ViewLine[] {
  const made = new WeakMap<ViewLine, ViewLine>();
  const names = new Map(colleagues.map(({ id, name }) => [id, name]));
  const named = (line: ViewLine): ViewLine => {
    if (line.by.side === "customer")
      return customer ? { ...line, by: { ...line.by, id: customer.id }, name: customer.name } : line;
    return line.name === "" ? { ...line, name: names.get(line.by.id) ?? "" } : line;
  };
  return (lines) =>
    lines.map((line) => {
      const known = made.get(line) ?? named(line);
      made.set(line, known);
      return known;
    });
}
