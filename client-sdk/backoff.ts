const firstMs = 500;
const longestMs = 30_000;
const longestAnsweredMs = 5000;

/**
 * How long to wait before the next try, with full jitter: after an outage nobody comes back at the same time as the
 * others.
 * @param tries how many have failed since it last worked
 * @param isAnswered the desk is there and has said that it cannot just now: it is asked again sooner
 */
export const backoffMs = (tries: number, chance: () => number, isAnswered = false): number =>
  chance() * Math.min(isAnswered ? longestAnsweredMs : longestMs, firstMs * 2 ** tries);

/** Something else shows that the desk is there: what is left of a wait, at most, and still not together. */
export const hurriedMs = (chance: () => number): number => backoffMs(2, chance);
