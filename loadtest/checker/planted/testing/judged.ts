import { HistoryLine } from "../../../history/lines.ts";
import { judge, type Result } from "../../judge.ts";
import { Gathered } from "../../model/gather.ts";
import { modelOf } from "../../model/model.ts";
import type { Written } from "./day-clock.ts";

/** What the judge says of a day, read by the same format as from a file. */
export function judged(day: readonly Written[]): Result {
  const gathered = new Gathered();
  const lines = new Map<string, number>();
  for (const { file, line } of day) {
    const number = (lines.get(file) ?? 0) + 1;
    lines.set(file, number);
    gathered.add({ file, line: number }, HistoryLine.parse(structuredClone(line)));
  }
  return judge(modelOf(gathered));
}

/** The invariants that a result calls violated. */
export const violated = ({ verdicts }: Result): readonly string[] =>
  verdicts.filter(({ outcome }) => outcome === "violated").map(({ invariant }) => invariant);

/** The findings in words, to see at once what a failing test found. */
export const findings = ({ verdicts }: Result): readonly string[] =>
  verdicts.flatMap(({ invariant, examples }) =>
    examples.map(({ says, lines, seq, key }) => `${invariant} ${says} (${[seq, key, ...lines].join(" ")})`),
  );
