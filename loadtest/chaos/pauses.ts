import { monotonicMs, type Noted } from "../history/lines.ts";

/** Notes when this process has not run for a while: it was frozen, or the machine had no time for it. */
export function notePauses(
  who: () => string,
  note: (noted: Noted) => void,
  { beatMs, leastMs }: { beatMs: number; leastMs: number },
): void {
  let last = monotonicMs();
  setInterval(() => {
    const now = monotonicMs();
    const pausedMs = Math.round(now - last - beatMs);
    if (pausedMs > leastMs) note({ what: "woke", who: who(), pausedMs });
    last = now;
  }, beatMs).unref();
}
