/** Chance that can be had again: the seed is in the test's title. */
export function seededRandom(seed = Math.floor(Math.random() * 2 ** 32)) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0; // mulberry32
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { seed, below, of: <T>(some: readonly T[]): T => some[below(some.length)]! };
}
