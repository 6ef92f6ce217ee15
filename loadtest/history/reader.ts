import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { HistoryLine } from "./lines.ts";

/** Where a line stands, for reports. */
export type Place = { readonly file: string; readonly line: number };

/** A line that is no history: whoever wrote it does not keep to the format, and nothing can be judged. */
export class UnreadableHistory extends Error {
  override readonly name = "UnreadableHistory";
}

/** The histories of a folder, file by file, each in its own order. */
export async function historyFiles(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder);
  return files.filter((file) => file.endsWith(".jsonl")).sort();
}

/** The lines of one file. A torn one, left by a process that was killed while writing it, is passed over. */
export async function* readHistory(folder: string, file: string): AsyncGenerator<{ at: Place; line: HistoryLine }> {
  const lines = createInterface({ input: createReadStream(join(folder, file)), crlfDelay: Infinity });
  let number = 0;
  for await (const text of lines) {
    number += 1;
    const line = text.endsWith("}") ? parsed(text, { file, line: number }) : undefined;
    if (line) yield { at: { file, line: number }, line };
  }
}

function parsed(text: string, { file, line }: Place): HistoryLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // torn just behind a brace
    throw error;
  }
  const read = HistoryLine.safeParse(value);
  if (read.success) return read.data;
  throw new UnreadableHistory(`${file}:${line} is no line of a history: ${read.error.issues[0]?.message}`);
}
