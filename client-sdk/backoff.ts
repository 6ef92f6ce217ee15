const firstMs = 500;
const longestMs = 30_000;

/**
 * How long to wait before the next try, with full jitter: after an outage nobody comes back at the same time as the
 * others.
 * @param tries how many have failed since it last worked
 */
export const backoffMs = (tries: number, chance: () => number): number =>
  chance() * Math.min(longestMs, firstMs * 2 ** tries);
