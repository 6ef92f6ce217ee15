import type { Dice } from "./dice.ts";

/** What becomes of one question to the store. `late`: it was given up, and takes effect after all. */
export type Fate = "fine" | "unasked" | "unanswered" | "late";

const calm = { unasked: 0, unanswered: 0, late: 0 };

/**
 * How bad a run is. Every seed has a weather of its own, with some faults often and others never: runs in which
 * everything breaks all the time find less than runs that differ.
 */
export class Weather {
  readonly nodes: number;
  readonly tabs: number;
  readonly actions: number;
  readonly nemeses: number;
  /** How long people act and things break. */
  readonly spanMs: number;
  readonly double: number;
  readonly reorder: number;
  /** How often the locator names another node than the owner. */
  readonly stray: number;
  readonly full: number;
  /** How often a node is struck right between a question and its effect, or between that and its answer. */
  readonly midway: number;
  isBad = true;
  readonly #dice: Dice;
  readonly #slow: number;
  readonly #stuck: number;
  readonly #log: Readonly<Record<Exclude<Fate, "fine">, number>>;
  readonly #lost: number;

  constructor(dice: Dice) {
    const sometimes = (most: number) => (dice.happens(0.5) ? dice.chance() * most : 0);
    this.#dice = dice;
    this.nodes = dice.between(1, 3);
    this.tabs = dice.between(1, 2);
    this.actions = dice.between(5, 20);
    this.nemeses = dice.between(0, 6);
    this.spanMs = dice.pick([200, 2000, 6000, 12_000]);
    this.double = sometimes(0.2);
    this.reorder = sometimes(0.2);
    this.stray = sometimes(0.4);
    this.full = dice.happens(0.1) ? 0.2 : 0;
    this.midway = sometimes(0.05);
    this.#slow = sometimes(0.4);
    this.#stuck = sometimes(0.05);
    this.#log = { unasked: sometimes(0.1), unanswered: sometimes(0.15), late: sometimes(0.1) };
    this.#lost = sometimes(0.1);
  }

  /** How long something is on its way. Mostly no time at all: then the dice decide what comes first. */
  delay(): number {
    if (!this.isBad) return this.#dice.roll(3);
    if (this.#dice.happens(this.#stuck)) return this.#dice.roll(7000);
    return this.#dice.happens(this.#slow) ? this.#dice.roll(400) : 0;
  }

  long(): number {
    return this.#dice.roll(8000);
  }

  fate(): Fate {
    const odds = this.isBad ? this.#log : calm;
    let left = this.#dice.chance();
    for (const fate of ["unasked", "unanswered", "late"] as const) if ((left -= odds[fate]) < 0) return fate;
    return "fine";
  }

  /** A request or its answer that never arrives. */
  isLost(): boolean {
    return this.isBad && this.#dice.happens(this.#lost);
  }

  happens(probability: number): boolean {
    return this.isBad && this.#dice.happens(probability);
  }
}
