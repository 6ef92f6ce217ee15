export type Skipped = { title: string; why: string };

/** What a part of `npm test` came to. */
export type Tally = { passed: number; failed: number; skipped: Skipped[]; failures: string[] };

export const nothing: Tally = { passed: 0, failed: 0, skipped: [], failures: [] };

export function failure(sentence: string): Tally {
  return { ...nothing, failed: 1, failures: [sentence] };
}

export function add(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
    skipped: tallies.flatMap((tally) => tally.skipped),
    failures: tallies.flatMap((tally) => tally.failures),
  };
}

/** The last line of `npm test`. Programs read it: its form is a promise. */
export function lastLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
}

export function exitCode({ failed, skipped }: Tally, ci: boolean): number {
  return failed > 0 || (ci && skipped.length > 0) ? 1 : 0;
}
