import { createHash, randomUUID } from "node:crypto";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Refused } from "../refused.ts";
import { binariesIn, type Binaries } from "./binaries.ts";

/**
 * A home for binaries and data outside a folder that only root may enter. The data folder gets a link to it, which from
 * then on says where the data are, whatever becomes of the folder's own name.
 */
export function moveOut(packaged: Binaries, dataDir: string, systemFolder: string) {
  try {
    mkdirSync(systemFolder, { recursive: true, mode: 0o755 });
    const binaries = copyBinaries(packaged, systemFolder);
    const home = homeElsewhere(dataDir) ?? newHome(dataDir, systemFolder);
    return { binaries, home };
  } catch (cause) {
    throw new Refused(
      `PostgreSQL may not run as root, nobody else may enter ${dataDir}, and ${systemFolder} cannot be used instead ` +
        `(${(cause as Error).message}). Move Roomdesk to a folder others may enter, or set DATABASE_URL.`,
      { cause },
    );
  }
}

/** Where the link of an earlier start leads. */
export function homeElsewhere(dataDir: string): string | undefined {
  const link = join(dataDir, "postgres");
  return lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() ? dirname(readlinkSync(link)) : undefined;
}

function newHome(dataDir: string, systemFolder: string): string {
  const name = createHash("sha256").update(dataDir).update(randomUUID()).digest("hex").slice(0, 12);
  const home = join(systemFolder, `data-${name}`);
  mkdirSync(home, { mode: 0o711 });
  for (const file of ["postgres", "postgres.password"]) bring(join(dataDir, file), join(home, file));
  symlinkSync(join(home, "postgres"), join(dataDir, "postgres"));
  return home;
}

/** Data of days when this folder could be entered. */
function bring(from: string, to: string): void {
  if (!existsSync(from)) return;
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    cpSync(from, to, { recursive: true, preserveTimestamps: true, filter: (file) => !lstatSync(file).isSocket() });
    renameSync(from, `${from}.moved`); // the copy's original is the operator's to delete
  }
}

function copyBinaries(packaged: Binaries, systemFolder: string): Binaries {
  const { version } = JSON.parse(readFileSync(join(packaged.root, "..", "package.json"), "utf8")) as {
    version: string;
  };
  const folder = join(systemFolder, `postgresql-${version}`);
  if (!existsSync(folder)) {
    const draft = `${folder}.${process.pid}`;
    cpSync(packaged.root, draft, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(draft, folder);
    } catch (error) {
      rmSync(draft, { recursive: true });
      if (!existsSync(folder)) throw error; // else another node was faster
    }
  }
  return binariesIn(folder);
}
