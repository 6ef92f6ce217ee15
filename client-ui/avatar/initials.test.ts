import { expect, test } from "vitest";
import { initials, tintOf } from "./initials.ts";

test.each([
  ["Nora Lindqvist", "NL"],
  ["Leïla Benali", "LB"],
  ["Halvorsen Bakery", "HB"],
  ["Visitor 7F2C", "V"],
  ["Visitor A72C", "V"],
  ["Visitor FACE", "V"],
  ["ana maria de la cruz", "AC"],
  ["نورة السالم", "ن"],
  ["王小明", "王"],
  ["Ångström", "Å"],
  ["  ", "·"],
  ["🎈", "·"],
  ["<script>alert(1)</script>", "SS"],
])("%s is shown as %s", (name, letters) => {
  expect(initials(name)).toBe(letters);
});

test("a person keeps their tint, and people spread over all eight", () => {
  const tints = Array.from({ length: 400 }, (_, index) => tintOf(`person-${index}`));
  expect(tintOf("person-7")).toBe(tints[7]);
  expect(new Set(tints).size).toBe(8);
});
