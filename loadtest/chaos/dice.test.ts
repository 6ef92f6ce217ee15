import { expect, test } from "vitest";
import { Dice } from "./dice.ts";

const rolls = (seed: number) => {
  const dice = new Dice(seed);
  return Array.from({ length: 50 }, () => [dice.roll(6), dice.pick(["a", "b", "c"]), dice.weigh({ x: 1, y: 9 })]);
};

test("the same seed rolls the same, and another rolls otherwise", () => {
  expect(rolls(7)).toEqual(rolls(7));
  expect(rolls(7)).not.toEqual(rolls(8));
});

test("every face comes, a weight counts, and a shuffle loses nothing", () => {
  const dice = new Dice(1);
  const faces = Array.from({ length: 600 }, () => dice.roll(6));
  expect(new Set(faces)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  const heavy = Array.from({ length: 1000 }, () => dice.weigh({ x: 1, y: 9 })).filter((name) => name === "y");
  expect(heavy.length).toBeGreaterThan(850);
  expect(heavy.length).toBeLessThan(950);
  expect(dice.shuffle([1, 2, 3, 4, 5]).toSorted()).toEqual([1, 2, 3, 4, 5]);
});
