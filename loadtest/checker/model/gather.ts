import type { HistoryLine, LineOf } from "../../history/lines.ts";
import { historyFiles, readHistory, type Place } from "../../history/reader.ts";

type What = HistoryLine["what"];

/** A line and where it stands. */
export type Noticed<W extends What = What> = { [K in W]: { readonly line: LineOf<K>; readonly at: Place } }[W];

/** All lines of a run by what they say; those of one process in its order. */
export class Gathered {
  readonly #byWhat = new Map<What, Noticed[]>();
  readonly #words = new Map<string, string>();
  count = 0;

  add(at: Place, line: HistoryLine): void {
    this.count += 1;
    const same = this.#byWhat.get(line.what);
    const noticed = { line: this.#shared(line), at } as Noticed;
    if (same) same.push(noticed);
    else this.#byWhat.set(line.what, [noticed]);
  }

  /** In the order of time. */
  of<W extends What>(...whats: readonly W[]): Noticed<W>[];
  of(...whats: readonly What[]): Noticed[] {
    const found = whats.flatMap((what) => this.#byWhat.get(what) ?? []);
    return found.sort((a, b) => a.line.t - b.line.t);
  }

  /** The same ids come a thousand times: each is kept once, or a long run would not fit. */
  #shared<T>(value: T): T {
    if (typeof value === "string") return this.#word(value) as T;
    if (value === null || typeof value !== "object") return value;
    const fields = value as Record<string, unknown>;
    for (const name in fields) fields[name] = this.#shared(fields[name]);
    return value;
  }

  #word(word: string): string {
    const known = this.#words.get(word);
    if (known === undefined) this.#words.set(word, word);
    return known ?? word;
  }
}

/** Reads a run's folder, once. */
export async function gather(folder: string): Promise<Gathered> {
  const gathered = new Gathered();
  for (const file of await historyFiles(folder))
    for await (const { at, line } of readHistory(folder, file)) gathered.add(at, line);
  return gathered;
}
