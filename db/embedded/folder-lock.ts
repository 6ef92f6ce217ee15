import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Refused } from "../refused.ts";
import { bornAt, isAlive, realm } from "./process-identity.ts";

type Holder = { readonly pid: number; readonly born: string; readonly realm: string };

const heartbeatMs = 1000;

/** One Roomdesk per data folder. Resolves to how to give the folder back. */
export async function lockFolder(folder: string): Promise<() => void> {
  const lock = join(folder, "roomdesk.lock");
  const mine = JSON.stringify({ pid: process.pid, born: bornAt(process.pid), realm: realm() } satisfies Holder);
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, mine);
  try {
    while (!linked(draft, lock)) {
      const found = readOr(lock);
      if (await isHeld(found, lock)) throw inUse(found, folder);
      if (await takenOver(draft, lock, found)) break;
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const heart = setInterval(() => beat(lock, mine), heartbeatMs).unref();
  return () => {
    clearInterval(heart);
    if (readOr(lock) === mine) rmSync(lock, { force: true });
  };
}

/** A hard link appears whole or not at all, and only one of two who try gets it. */
function linked(draft: string, lock: string): boolean {
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

async function isHeld(found: string, lock: string): Promise<boolean> {
  const holder = parse(found);
  if (holder === undefined) return false;
  if (holder.realm !== realm()) return beats(lock); // another container's numbers say nothing here
  return isAlive(holder.pid) && holder.born === bornAt(holder.pid); // else the number is another process' by now
}

async function beats(lock: string): Promise<boolean> {
  const seen = lastBeat(lock);
  for (let waited = 0; waited < 3 * heartbeatMs; waited += 100) {
    await delay(100);
    if (lastBeat(lock) !== seen) return true;
  }
  return false;
}

const lastBeat = (lock: string) => statSync(lock, { throwIfNoEntry: false })?.mtimeMs;

function beat(lock: string, mine: string): void {
  if (readOr(lock) !== mine) return; // somebody has removed the folder from under us
  const now = new Date();
  utimesSync(lock, now, now);
}

function inUse(found: string, folder: string): Refused {
  const holder = parse(found);
  const where = holder?.realm === realm() ? "" : " of another container or machine";
  return new Refused(
    `Another Roomdesk (process ${holder?.pid}${where}) is using ${folder}. ` +
      "Stop it, or set ROOMDESK_DATA to another folder.",
  );
}

/** Replaces a dead holder's lock. Of several who found it dead one at a time may, and looks again before. */
async function takenOver(draft: string, lock: string, dead: string): Promise<boolean> {
  const turn = `${lock}.turn`;
  if (!linked(draft, turn)) {
    await delay(20);
    const other = readOr(turn);
    if (other !== "" && !(await isHeld(other, turn))) rmSync(turn, { force: true }); // died within these few steps
    return false;
  }
  try {
    if (readOr(lock) !== dead) return false;
    renameSync(draft, lock);
    return true;
  } finally {
    rmSync(turn, { force: true });
  }
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
    if (codeOf(error) === "ENOENT") return "";
    throw error;
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
