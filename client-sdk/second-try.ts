import type { Clock } from "./world.ts";

/** Together with the first. */
const triesMax = 3;

/**
 * Tries, and as long as nothing has come of it tries again beside it: behind a balancer the first may have met a node that
 * is frozen, which takes a connection and never answers, and the next meets another. Nothing is given up, so that a slow
 * network is only slow. A failure that is known counts at once while nothing else is under way.
 */
export function withSecondTry<T>(
  clock: Clock,
  againAfterMs: number,
  attempt: () => Promise<T>,
  hasFailed: (outcome: T) => boolean,
): Promise<T> {
  return new Promise((resolve) => {
    let tries = 0;
    let open = 0;
    let cancel = (): void => undefined;
    const begin = () => {
      tries += 1;
      open += 1;
      void attempt().then(settle);
      if (tries < triesMax) cancel = clock.after(againAfterMs, begin);
    };
    const settle = (outcome: T) => {
      open -= 1;
      if (hasFailed(outcome) && open > 0) return;
      cancel();
      resolve(outcome);
    };
    begin();
  });
}
