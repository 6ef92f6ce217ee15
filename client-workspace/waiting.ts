/** "45s", "9m", "2h 5m", "3d": how long, in the two largest units at most. */
export function spanOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `${Math.floor(hours / 24)}d`;
  return minutes % 60 === 0 ? `${hours}h` : `${hours}h ${minutes % 60}m`;
}

/** Until an admin sets a promise, the quarter fills over ten minutes. */
export const promiseMs = 10 * 60_000;

export type Urgency = "fresh" | "due" | "late";

/** Neutral to 75 % of the promise, amber to 100 %, then red. */
export function urgencyOf(waitedMs: number): Urgency {
  if (waitedMs >= promiseMs) return "late";
  return waitedMs >= promiseMs * 0.75 ? "due" : "fresh";
}
