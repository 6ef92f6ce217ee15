import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Refused } from "../refused.ts";
import { bornAt, isAlive, realm } from "./process-identity.ts";

type Holder = { readonly pid: number; readonly born: string; readonly realm: string };

/** One Roomdesk per data folder. Returns how to give the folder back. */
export function lockFolder(folder: string): () => void {
  const lock = join(folder, "roomdesk.lock");
  const mine = JSON.stringify({ pid: process.pid, born: bornAt(process.pid), realm: realm() } satisfies Holder);
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, mine);
  try {
    while (!linked(draft, lock)) {
      const found = readOr(lock);
      refuseIfHeld(found, folder);
      moveAside(lock, found);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (readOr(lock) === mine) rmSync(lock, { force: true });
  };
}

/** A hard link appears whole or not at all, and only one of two who try gets it. */
function linked(draft: string, lock: string): boolean {
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function refuseIfHeld(found: string, folder: string): void {
  const holder = parse(found);
  if (holder === undefined || holder.realm !== realm() || !isAlive(holder.pid)) return;
  if (holder.born !== bornAt(holder.pid)) return; // the number has been given to another process since
  throw new Refused(
    `Another Roomdesk (process ${holder.pid}) is using ${folder}. Stop it, or set ROOMDESK_DATA to another folder.`,
  );
}

/** Takes a dead holder's lock away; if another start has just put its own there, that one goes back. */
function moveAside(lock: string, expected: string): void {
  const aside = `${lock}.${process.pid}.old`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (readOr(aside) !== expected) linked(aside, lock);
  rmSync(aside, { force: true });
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined; // written by nobody we know, or cut short by a full disk
  }
}

function readOr(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
