import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cruise } from "../ladder/cruise.ts";
import { ladder, testFiles } from "../ladder/table.ts";

const page = "ARCHITECTURE.md";
const begin = "<!-- drawn by `npm run draw` from the real imports -->";
const end = "<!-- end of the drawing -->";
const folders = Object.keys(ladder);
const tests = new RegExp(`^[^/]+/(${testFiles.join("|")})`);

export async function drawingProblems(root: string): Promise<string[]> {
  const file = join(root, page);
  if (!existsSync(file)) return [`${page} is missing`];
  const drawn = drawInto(readFileSync(file, "utf8"), (await cruise(root)).modules);
  return drawn === readFileSync(file, "utf8") ? [] : [`${page}: the imports have changed, run \`npm run draw\``];
}

export async function draw(root: string): Promise<void> {
  const file = join(root, page);
  writeFileSync(file, drawInto(readFileSync(file, "utf8"), (await cruise(root)).modules));
}

function drawInto(text: string, modules: readonly Module[]): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} has lost the two comments between which the drawing stands`);
  return `${text.slice(0, from + begin.length)}\n\n${mermaid(modules)}\n\n${text.slice(to)}`;
}

type Module = { source: string; dependencies: { resolved: string; dependencyTypes: string[] }[] };

/** Folders as boxes, imports as arrows; dotted where only types cross. Tests are left out. */
export function mermaid(modules: readonly Module[]): string {
  const arrows = crossings(modules);
  const seen = new Set([...arrows.keys()].flatMap((arrow) => arrow.split(" ")));
  const boxes = folders
    .filter((folder) => seen.has(folder))
    .map((folder) => `  ${folder}["<b>${folder}</b><br/>${ladder[folder]?.says ?? ""}"]`);
  const lines = [...arrows].sort().map(([arrow, typesOnly]) => {
    const [from = "", to = ""] = arrow.split(" ");
    return `  ${from} ${typesOnly ? "-.->" : "-->"} ${to}`;
  });
  return ["```mermaid", "flowchart BT", ...boxes, ...lines, "```"].join("\n");
}

/** "from to" → whether nothing but types goes that way. */
function crossings(modules: readonly Module[]): Map<string, boolean> {
  const arrows = new Map<string, boolean>();
  for (const { source, dependencies } of modules) {
    const from = folderOf(source);
    if (!from || tests.test(source)) continue;
    for (const { resolved, dependencyTypes } of dependencies) {
      const to = folderOf(resolved);
      if (!to || to === from) continue;
      const arrow = `${from} ${to}`;
      arrows.set(arrow, (arrows.get(arrow) ?? true) && dependencyTypes.includes("type-only"));
    }
  }
  return arrows;
}

function folderOf(file: string): string | undefined {
  return folders.find((folder) => file.startsWith(`${folder}/`));
}
