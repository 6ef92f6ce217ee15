import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newSecret } from "./tokens.ts";
import { CannotStart } from "./refused.ts";

/** The desk's secret: the operator's, or one made at the first start and kept in the data folder for its owner alone. */
export function secretOf(dataFolder: string, given: string | undefined): string {
  if (given !== undefined) return given;
  const file = join(dataFolder, "secret");
  const kept = readOr(file);
  if (kept !== undefined) return kept;
  const made = newSecret();
  try {
    // `wx`: two first starts at once must not each believe in a secret of their own.
    writeFileSync(file, `${made}\n`, { mode: 0o600, flag: "wx" });
  } catch (failure) {
    const other = isCode(failure, "EEXIST") ? readOr(file) : undefined;
    if (other !== undefined) return other;
    throw failure;
  }
  return made;
}

function readOr(file: string): string | undefined {
  try {
    const secret = readFileSync(file, "utf8").trim();
    if (secret.length < 32) throw new CannotStart(`The secret in ${file} is damaged: put it back from a backup.`);
    chmodSync(file, 0o600);
    return secret;
  } catch (failure) {
    if (isCode(failure, "ENOENT")) return undefined;
    throw failure;
  }
}

/** Makes the data folder, or says in one sentence that it cannot be used. */
export function openDataFolder(path: string): void {
  try {
    // 0711: the embedded PostgreSQL's own account must pass through; what is secret in here is 0600 itself.
    mkdirSync(path, { recursive: true, mode: 0o711 });
    const probe = join(path, `.writable-${process.pid}`);
    writeFileSync(probe, "", { mode: 0o600 });
    rmSync(probe);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    const hint = "Make it writable for this user, or set ROOMDESK_DATA to another folder.";
    throw new CannotStart(`The data folder ${path} cannot be written (${code}). ${hint}`, { cause });
  }
}

const isCode = (failure: unknown, code: string) =>
  failure instanceof Error && "code" in failure && failure.code === code;
