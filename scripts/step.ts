/** What a step of `npm run check` found: nothing, or sentences that each name a place to mend. */
export type Findings = { problems: readonly string[]; note?: string };

export type Step = { name: string; run: () => Promise<Findings> };

export type StepResult = Findings & { name: string; seconds: number };

/** Runs every step, a few at a time, and reports each as it ends: one failure does not hide another. */
export async function runSteps(
  steps: readonly Step[],
  atOnce: number,
  tell: (result: StepResult) => void,
): Promise<StepResult[]> {
  const waiting = [...steps];
  const results: StepResult[] = [];
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await runStep(step);
      results.push(result);
      tell(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

async function runStep({ name, run }: Step): Promise<StepResult> {
  const began = performance.now();
  const findings = await run().catch((fault: unknown): Findings => ({
    problems: [`${name} broke: ${explain(fault)}`],
  }));
  return { ...findings, name, seconds: (performance.now() - began) / 1000 };
}

export function describeStep({ name, seconds, problems, note }: StepResult): string {
  const head = `${problems.length === 0 ? "✓" : "✗"} ${name.padEnd(8)}${seconds.toFixed(1).padStart(6)} s`;
  return [note ? `${head}  ${note}` : head, ...problems.map((problem) => indent(problem))].join("\n");
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "    ");
}

export function explain(fault: unknown): string {
  return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
}
