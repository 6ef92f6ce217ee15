import { describe, expect, test } from "vitest";
import { roles, tints } from "./roles.ts";

type Role = keyof typeof roles;
const themes = ["light", "dark", "contrast"] as const;

const texts: [text: Role, surface: Role][] = [
  ...(["ink", "ink-2", "ink-3"] as const).flatMap((ink) =>
    (["wall", "floor", "paper", "raised", "sunken"] as const).map((on): [Role, Role] => [ink, on]),
  ),
  ["ink", "accent-soft"],
  ["ink", "lamp-soft"],
  ["ink", "bad-soft"],
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-own", "own"],
  ["on-lamp", "lamp"],
  ["accent-ink", "paper"],
  ["accent-ink", "sunken"],
  ["accent-ink", "accent-soft"],
  ["lamp-ink", "lamp-soft"],
  ["ok", "ok-soft"],
  ["warn", "warn-soft"],
  ["bad", "bad-soft"],
  ["bad", "paper"],
  ["on-night", "night"],
  ["on-night-2", "night"],
];
const shapes: [shape: Role, surface: Role][] = [
  ["edge", "paper"],
  ["edge", "wall"],
  ["focus", "paper"],
  ["focus", "wall"],
  ["accent", "paper"],
];

describe.each(themes)("in the %s theme", (theme) => {
  const value = (role: Role) => roles[role][themes.indexOf(theme)] as string;

  test.each(texts)("%s is read on %s (4.5 to 1)", (text, surface) => {
    expect(contrast(value(text), value(surface))).toBeGreaterThanOrEqual(4.5);
  });
  test.each(shapes)("%s is seen on %s (3 to 1)", (shape, surface) => {
    expect(contrast(value(shape), value(surface))).toBeGreaterThanOrEqual(3);
  });
});

test("each of the eight avatar pairs is read in light and in dark (4.5 to 1)", () => {
  for (const [surface, ink, darkSurface, darkInk] of tints) {
    expect(contrast(ink, surface)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(darkInk, darkSurface)).toBeGreaterThanOrEqual(4.5);
  }
});

function contrast(one: string, other: string): number {
  const [bright, dim] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replace(/[^#]/g, "$&$&") : hex;
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
