/** Refusals a person could not read: each has one sentence of its own, short and whole. */
export function refusalProblems(refusals: Readonly<Record<string, { say: string }>>): string[] {
  const codes = Object.keys(refusals);
  return Object.entries(refusals).flatMap(([code, { say }]) => {
    if (!/^[A-Z].*[.!?]$/su.test(say)) return [`protocol/refusals.ts: ${code} needs a sentence, not "${say}"`];
    const twin = codes.find((other) => other !== code && refusals[other]?.say === say);
    return twin && codes.indexOf(twin) < codes.indexOf(code)
      ? [`protocol/refusals.ts: ${code} says what ${twin} says`]
      : [];
  });
}
