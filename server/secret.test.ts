import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { CannotStart } from "./refused.ts";
import { openDataFolder, secretOf } from "./secret.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "roomdesk-secret-"));
  return () => rmSync(folder, { recursive: true });
});

test("a secret is made once, kept for its owner alone, and found again", () => {
  const made = secretOf(folder, undefined);
  expect(made).toMatch(/^[\w-]{43}$/);
  expect(statSync(join(folder, "secret")).mode & 0o777).toBe(0o600);
  expect(secretOf(folder, undefined)).toBe(made);
});

test("a secret others could read is taken from them", () => {
  secretOf(folder, undefined);
  chmodSync(join(folder, "secret"), 0o644);
  secretOf(folder, undefined);
  expect(statSync(join(folder, "secret")).mode & 0o777).toBe(0o600);
});

test("the operator's secret is taken as it is and not written down", () => {
  expect(secretOf(folder, "the operator's own secret, as long as it need be")).toContain("operator");
  expect(() => readFileSync(join(folder, "secret"))).toThrow(/ENOENT/);
});

test("[N67] a damaged secret stops the start instead of making a desk nobody can read", () => {
  writeFileSync(join(folder, "secret"), "cut");
  expect(() => secretOf(folder, undefined)).toThrow(CannotStart);
});

test("a folder that is a file is refused in one sentence", () => {
  writeFileSync(join(folder, "taken"), "");
  expect(() => openDataFolder(join(folder, "taken"))).toThrow(/^The data folder .* cannot be written \(EEXIST\)\. /);
});
