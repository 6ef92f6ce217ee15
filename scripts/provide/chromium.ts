import { execFileSync } from "node:child_process";
import { findChromium, onPath } from "../chromium.ts";
import { installDebian } from "./debian.ts";
import { Missing } from "./missing.ts";

// The screenshots were taken with these; another font is another picture.
const fonts: Readonly<Record<string, string>> = {
  "fonts-noto-core": "Noto Sans",
  "fonts-noto-color-emoji": "Noto Color Emoji",
  "fonts-liberation2": "Liberation Sans",
  "fonts-inter": "Inter",
  "fonts-noto-cjk": "Noto Sans CJK JP",
};

/** Chromium and the fonts of the screenshots; installed where that is allowed. */
export function provideChromium(): { CHROMIUM: string } {
  const named = process.env.CHROMIUM;
  if (named && !findChromium()) throw new Missing(`CHROMIUM says ${named}, and that is no program one can run.`);
  const packages = [...(findChromium() ? [] : ["chromium"]), ...missingFonts()];
  if (packages.length > 0) installDebian("Chromium and the fonts of the screenshots", packages);
  const path = findChromium();
  if (!path) throw new Missing("Chromium was installed and is not on the PATH: set CHROMIUM to where it is.");
  return { CHROMIUM: path };
}

function missingFonts(): string[] {
  const families = onPath("fc-list") ? listFamilies() : new Set<string>();
  return Object.keys(fonts).filter((font) => !families.has(fonts[font] ?? ""));
}

function listFamilies(): Set<string> {
  const lines = execFileSync("fc-list", [":", "family"], { encoding: "utf8" }).split("\n");
  return new Set(lines.flatMap((line) => line.split(",")).map((family) => family.trim()));
}
