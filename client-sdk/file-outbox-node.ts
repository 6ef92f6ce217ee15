import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { RefusalCode } from "#protocol/refusals.ts";
import type { NewRow, Outbox, OutboxRow } from "./outbox.ts";
import { OutboxTable } from "./outbox-table.ts";

/** What happened to the outbox, one line of JSON each. */
type Entry =
  | { readonly put: OutboxRow }
  | { readonly park: string; readonly code: RefusalCode | null }
  | { readonly remove: string }
  | { readonly rename: string; readonly to: string }
  | { readonly expire: number };

export type FileOutboxOptions = {
  /** Lines beyond those needed, before the file is written anew. */ readonly compactAfter?: number;
};

/**
 * The twin of the browser's outbox for Node: a file that is only appended to and flushed to the disk before a promise
 * resolves, so it survives `kill -9`. One process at a time; the texts are plain, the file is for its owner only.
 */
export const fileOutbox = (path: string, { compactAfter = 1000 }: FileOutboxOptions = {}): Outbox =>
  new FileOutbox(path, compactAfter);

class FileOutbox implements Outbox {
  readonly isPersistent = true;
  readonly #path: string;
  readonly #compactAfter: number;
  readonly #table = new OutboxTable();
  #file: number;
  #entries = 0;
  #length = 0;

  constructor(path: string, compactAfter: number) {
    this.#path = path;
    this.#compactAfter = compactAfter;
    for (const entry of readEntries(path)) apply(this.#table, entry);
    this.#file = this.#rewrite();
  }

  async add(row: NewRow): Promise<OutboxRow> {
    const known = this.#table.find(row.command.clientId);
    if (known) return known;
    const put = this.#table.next(row);
    this.#write({ put });
    return put;
  }

  async rows(conversation?: string): Promise<readonly OutboxRow[]> {
    return this.#table.rows(conversation);
  }

  async park(clientId: string, code: RefusalCode): Promise<void> {
    this.#write({ park: clientId, code });
  }

  async unpark(clientId: string): Promise<void> {
    this.#write({ park: clientId, code: null });
  }

  async remove(clientId: string): Promise<void> {
    this.#write({ remove: clientId });
  }

  async rename(from: string, to: string): Promise<void> {
    this.#write({ rename: from, to });
  }

  async expire(before: number): Promise<number> {
    const count = this.#table.size;
    this.#write({ expire: before });
    return count - this.#table.size;
  }

  async destroy(): Promise<void> {
    this.close();
    this.#table.clear();
    rmSync(this.#path, { force: true });
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }

  #write(entry: Entry): void {
    this.#append(entry);
    apply(this.#table, entry);
  }

  #append(entry: Entry): void {
    if (this.#file < 0) throw new Error("The outbox is closed.");
    if (this.#entries >= this.#compactAfter + this.#table.size) {
      closeSync(this.#file);
      this.#file = this.#rewrite();
    }
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    try {
      if (writeSync(this.#file, line) < line.length) throw new Error("The outbox's disk is full.");
      fsyncSync(this.#file);
    } catch (error) {
      ftruncateSync(this.#file, this.#length); // or the next line would begin in the middle of this one
      throw error;
    }
    this.#length += line.length;
    this.#entries += 1;
  }

  /** Writes only what is left, beside the file and then in its place: at no moment is there half an outbox. */
  #rewrite(): number {
    const beside = `${this.#path}.${randomUUID()}`;
    const file = openSync(beside, "ax", 0o600);
    const rows = this.#table.rows();
    const text = rows.map((put) => `${JSON.stringify({ put })}\n`).join("");
    writeSync(file, text);
    fsyncSync(file);
    renameSync(beside, this.#path);
    syncFolder(dirname(this.#path));
    this.#entries = rows.length;
    this.#length = Buffer.byteLength(text);
    return file;
  }
}

function apply(table: OutboxTable, entry: Entry): void {
  if ("put" in entry) table.put(entry.put);
  else if ("park" in entry) table.park(entry.park, entry.code);
  else if ("remove" in entry) table.remove(entry.remove);
  else if ("rename" in entry) table.rename(entry.rename, entry.to);
  else table.expire(entry.expire);
}

function readEntries(path: string): readonly Entry[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  const lines = text.split("\n");
  // What stands after the last line break was being written when the process ended; its promise never resolved.
  lines.pop();
  return lines.map((line) => JSON.parse(line) as Entry);
}

/** A new name in a folder is on the disk only when the folder is. */
function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  fsyncSync(folder);
  closeSync(folder);
}
