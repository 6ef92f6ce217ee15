import { expect, test } from "vitest";
import { firstWords } from "./first-words.ts";

test.each([
  [
    "And **thank you**\n\n1. the old mug is yours\n2. nothing to send",
    "And thank you the old mug is yours nothing to send",
  ],
  ["> quoted\n# Heading\n- item", "quoted Heading item"],
  ["`code` and ~~gone~~ and __loud__", "code and gone and loud"],
  ["snake_case stays, 2 * 3 stays", "snake_case stays, 2 * 3 stays"],
  ["  \n ", ""],
  ["<b>not markup</b>", "<b>not markup</b>"],
])("%j is shown as %j", (body, words) => {
  expect(firstWords(body)).toBe(words);
});
