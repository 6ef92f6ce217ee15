import type { HistoryLine, LineOf } from "../../../history/lines.ts";
import type { Written } from "./day-clock.ts";

type What = HistoryLine["what"];
type Found<W extends What> = { readonly i: number; readonly file: string; readonly line: LineOf<W> };

const aMoment = 0.01;

/** A hand in a finished history: finds lines, changes them, takes some away and slips others in. */
export class Hand {
  lines: Written[];

  constructor(day: readonly Written[]) {
    this.lines = day.map((written) => structuredClone(written));
  }

  all<W extends What>(what: W, fits: (line: LineOf<W>) => boolean = () => true): Found<W>[] {
    return this.lines.flatMap(({ file, line }, i) => (isOf(line, what) && fits(line) ? [{ i, file, line }] : []));
  }

  first<W extends What>(what: W, fits?: (line: LineOf<W>) => boolean): Found<W> {
    const [found] = this.all(what, fits);
    if (!found) throw new Error(`The day has no such line: ${what}`);
    return found;
  }

  last<W extends What>(what: W, fits?: (line: LineOf<W>) => boolean): Found<W> {
    const found = this.all(what, fits).at(-1);
    if (!found) throw new Error(`The day has no such line: ${what}`);
    return found;
  }

  change<W extends What>({ i, line }: Found<W>, change: Partial<LineOf<W>>): void {
    const written = this.lines[i];
    if (written) written.line = { ...line, ...change };
  }

  remove(...found: readonly { readonly i: number }[]): void {
    const gone = new Set(found.map(({ i }) => i));
    this.lines = this.lines.filter((_, i) => !gone.has(i));
  }

  /** Right after another line, in the file of whoever says it. */
  slip<W extends What>(
    after: { readonly line: { readonly t: number } },
    line: Omit<LineOf<W>, "t"> & { readonly what: W; readonly t?: number },
    laterMs = aMoment,
  ): Found<W> {
    const slipped = { ...line, t: after.line.t + laterMs } as unknown as LineOf<W>;
    const i = this.lines.findLastIndex((one) => one.line.t <= slipped.t) + 1;
    const file = `${slipped.who}.jsonl`;
    this.lines.splice(i, 0, { file, line: slipped });
    return { i, file, line: slipped };
  }

  /** Everything after a moment happens so much later. */
  delay(after: number, ms: number): void {
    const later = (t: number) => (t > after ? t + ms : t);
    for (const written of this.lines) {
      const { line } = written;
      if (line.what !== "did") written.line = { ...line, t: later(line.t) };
      else written.line = { ...line, t: later(line.t), from: later(line.from), until: later(line.until) };
    }
  }

  /** Changes every mention of something in the lines of one conversation. */
  everywhere(conversation: string, change: (fields: Record<string, unknown>) => void): void {
    const visit = (value: unknown): void => {
      if (value === null || typeof value !== "object") return;
      if (!Array.isArray(value)) change(value as Record<string, unknown>);
      Object.values(value).forEach(visit);
    };
    for (const { line } of this.lines) if ("conversation" in line && line.conversation === conversation) visit(line);
  }
}

const isOf = <W extends What>(line: HistoryLine, what: W): line is LineOf<W> & HistoryLine => line.what === what;
