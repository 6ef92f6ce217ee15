/** Chance that can be repeated: the same seed rolls the same. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** At least 0, below 1. */
  chance = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };

  roll(below: number): number {
    return Math.floor(this.chance() * below);
  }

  happens(chance: number): boolean {
    return this.chance() < chance;
  }

  pick<T>(some: readonly T[]): T {
    if (some.length === 0) throw new Error("There is nothing to pick from.");
    return some[this.roll(some.length)] as T;
  }

  shuffle<T>(some: readonly T[]): T[] {
    const left = [...some];
    return some.map(() => left.splice(this.roll(left.length), 1)[0] as T);
  }

  weigh<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const entries = Object.entries(weights) as [Name, number][];
    let at = this.chance() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) if ((at -= weight) < 0) return name;
    return entries[0]![0];
  }
}
