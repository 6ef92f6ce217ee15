/** Somebody who is looked after from time to time. */
export interface Visited {
  /** @param round counts the visits to all members, so that rarer duties can be every n-th */
  visit(round: number): void;
}

/**
 * One timer for all rooms of a node: each beat visits a part of them, so that every room is visited once in a round and
 * the work of a round is spread evenly over it.
 */
export class Rounds {
  readonly #slots: Set<Visited>[];
  readonly #slotOf = new Map<Visited, Set<Visited>>();
  #next = 0;

  constructor(beatsPerRound: number) {
    this.#slots = Array.from({ length: beatsPerRound }, () => new Set<Visited>());
  }

  join(member: Visited): void {
    const emptiest = this.#slots.reduce((least, slot) => (slot.size < least.size ? slot : least));
    emptiest.add(member);
    this.#slotOf.set(member, emptiest);
  }

  leave(member: Visited): void {
    this.#slotOf.get(member)?.delete(member);
    this.#slotOf.delete(member);
  }

  members(): Iterable<Visited> {
    return this.#slotOf.keys();
  }

  beat(): void {
    const round = Math.floor(this.#next / this.#slots.length);
    const slot = this.#slots[this.#next % this.#slots.length];
    this.#next += 1;
    for (const member of slot ?? []) member.visit(round);
  }
}
