import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Rolldown } from "vite";

export type BundleFile = {
  name: string;
  bytes: number;
  gzip: number;
  /** The name of the entry it is, if it is one. */
  entry: string | null;
  /** Files that load with it, before its first line runs. */
  imports: string[];
  modules: string[];
};

export type Bundle = { client: string; files: BundleFile[] };

/** What Vite has written, with its weights: enough to hold it against the budgets later without building again. */
export function describeBundle(client: string, outputs: readonly Rolldown.RolldownOutput[], folder: string): Bundle {
  const files = outputs.flatMap(({ output }) => output).filter((file) => !file.fileName.endsWith(".map"));
  return { client, files: files.map((file) => describeFile(file, folder)) };
}

function describeFile(file: Rolldown.OutputChunk | Rolldown.OutputAsset, folder: string): BundleFile {
  const content = readFileSync(join(folder, file.fileName));
  const weight = { name: file.fileName, bytes: content.length, gzip: gzipSync(content, { level: 9 }).length };
  if (file.type === "asset") return { ...weight, entry: null, imports: [], modules: [] };
  return { ...weight, entry: file.isEntry ? file.name : null, imports: file.imports, modules: file.moduleIds };
}

/** An entry and all it imports statically. */
export function eagerChunks(bundle: Bundle, entry: string): BundleFile[] {
  const start = bundle.files.find((file) => file.entry === entry);
  if (!start) throw new Error(`the ${bundle.client} has no entry named ${entry}`);
  const found = new Set([start]);
  for (const chunk of found)
    for (const name of chunk.imports) {
      const next = bundle.files.find((file) => file.name === name);
      if (next) found.add(next);
    }
  return [...found];
}

export function weigh(files: readonly BundleFile[]): number {
  return files.reduce((sum, file) => sum + file.gzip, 0);
}
