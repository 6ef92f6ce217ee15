import { expect, test } from "vitest";
import { messagesOf, numberOf, planned, scheduled, textOf } from "./rate-plan.ts";

const pace = { conversations: 7, rate: 250, seconds: 2 };
const all = new Set(Array.from({ length: pace.conversations }, (_, i) => i));

test("the messages are spread evenly over the time, whoever says them", () => {
  const plan = [...scheduled(pace, all)];
  expect(plan).toHaveLength(messagesOf(pace));
  expect(plan.map(({ k }) => k)).toEqual(plan.map((_, i) => i));
  plan.forEach(({ atMs }, i) => expect(atMs).toBeCloseTo(i * 4));
});

test("conversations take turns, and so do the two people of each", () => {
  const said = [...scheduled(pace, new Set([3]))];
  expect(said.map(({ conversation }) => conversation)).toEqual(said.map(() => 3));
  said.forEach(({ side }, i) => i > 0 && expect(side).not.toBe(said[i - 1]?.side));
  const first = [...all].map((k) => planned(pace, k).side);
  expect(new Set(first), "not all customers at once").toEqual(new Set(["customer", "staff"]));
});

test("processes that share the conversations say everything once", () => {
  const parts = [new Set([0, 2, 4, 6]), new Set([1, 3, 5])].flatMap((mine) => [...scheduled(pace, mine)]);
  expect(parts.map(({ k }) => k).sort((a, b) => a - b)).toEqual([...scheduled(pace, all)].map(({ k }) => k));
});

test("a text has exactly its bytes, says its number, and is another than its neighbour's", () => {
  for (const bytes of [16, 17, 120, 4000])
    for (const k of [0, 7, 123_456_789]) {
      const text = textOf(k, bytes);
      expect(Buffer.byteLength(text)).toBe(bytes);
      expect(text.trim()).toBe(text);
      expect(numberOf(text)).toBe(k);
    }
  expect(textOf(1, 16)).not.toBe(textOf(11, 16));
});

test("other people's texts have no number", () => {
  for (const text of [null, "", "Hello, is anybody there?", "#x 1", "# 1 a", "1 #2 "])
    expect(numberOf(text)).toBe(undefined);
});
