import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { postmaster } from "../server-process.ts";

export const isRoot = process.getuid?.() === 0;

const made: string[] = [];

/** A folder that is gone after the test, with whatever PostgreSQL still runs in it. */
export function folder(mode = 0o755): string {
  const path = newFolder(mode);
  made.push(path);
  return path;
}

export function newFolder(mode: number): string {
  const path = mkdtempSync(join(tmpdir(), "roomdesk-embedded-"));
  chmodSync(path, mode);
  return path;
}

export function removeFolders(homes: readonly string[]): void {
  for (const home of homes) {
    const left = existsSync(home) ? postmaster(join(home, "postgres")) : undefined;
    if (left) killIfThere(left.pid);
  }
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true, maxRetries: 10 });
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** One question over a connection of its own. */
export async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined); // the test is about servers that go away
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
