/** Chance that can be repeated: the same seed gives the same numbers. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** At least 0, below 1. */
  chance = (): number => {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let mixed = this.#state ^ (this.#state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };

  /** A whole number from 0, below this. */
  roll(below: number): number {
    return Math.floor(this.chance() * below);
  }

  between(least: number, most: number): number {
    return least + this.roll(most - least + 1);
  }

  happens(probability: number): boolean {
    return this.chance() < probability;
  }

  pick<T>(some: readonly T[]): T {
    const one = some[this.roll(some.length)];
    if (one === undefined) throw new Error("There was nothing to pick from");
    return one;
  }

  /** Of the names, by their weights. */
  weigh<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const entries = Object.entries(weights) as [Name, number][];
    let left = this.chance() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) if ((left -= weight) < 0) return name;
    return this.pick(entries)[0];
  }
}

export const randomSeed = (): number => Math.floor(Math.random() * 2 ** 31);
