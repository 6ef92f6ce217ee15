import type { Invariant } from "../../verdict.ts";
import type { Written } from "./day-clock.ts";
import { Hand } from "./hand.ts";
import { honestDay, type Cast } from "./honest-day.ts";

/** A day with one thing wrong, and the invariant that must say so. */
export type Plant = {
  readonly invariant: Invariant;
  readonly says: string;
  readonly day: (seed: number) => readonly Written[];
  /** What is wrong by the same token, unavoidably. */
  readonly also?: readonly Invariant[];
};

const steps = 12;

/** Something wrong in what was written down. */
export const tampered =
  (tamper: (hand: Hand) => void, mischief?: (cast: Cast) => void) =>
  (seed: number): readonly Written[] => {
    const hand = new Hand(honestDay(seed, steps, mischief));
    tamper(hand);
    return hand.lines;
  };

/** Something wrong in what happened. */
export const happened =
  (mischief: (cast: Cast) => void) =>
  (seed: number): readonly Written[] =>
    honestDay(seed, steps, mischief);

export const anas = "conversation-1";
