import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { cruise } from "../ladder/cruise.ts";
import { ladder, testFiles } from "../ladder/table.ts";

const page = "ARCHITECTURE.md";
const begin = "<!-- drawn by `npm run draw` from the table and the real imports -->";
const end = "<!-- end of the drawing -->";
const folders = Object.keys(ladder);
const tests = new RegExp(`^[^/]+/(${testFiles.join("|")})`);

export async function drawingProblems(root: string): Promise<string[]> {
  if (!existsSync(join(root, page))) return [`${page} is missing`];
  const text = read(root);
  return (await redraw(root, text)) === text ? [] : [`${page}: the ladder has changed, run \`npm run draw\``];
}

export async function draw(root: string): Promise<void> {
  writeFileSync(join(root, page), await redraw(root, read(root)));
}

async function redraw(root: string, text: string): Promise<string> {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} has lost the two comments between which the drawing stands`);
  const { modules } = await cruise(root);
  const drawn = [text.slice(0, from + begin.length), ladderTable(), mermaid(modules), text.slice(to)].join("\n\n");
  const file = join(root, page);
  return format(drawn, { ...(await resolveConfig(file)), filepath: file });
}

function read(root: string): string {
  return readFileSync(join(root, page), "utf8");
}

function ladderTable(): string {
  const rows = Object.entries(ladder).map(([folder, { says, imports, libraries }]) =>
    [`\`${folder}\``, says, codes(imports), codes(libraries)].join(" | "),
  );
  return [
    "| folder | in a word | may import | libraries |",
    "| --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row} |`),
  ].join("\n");
}

function codes(names: readonly string[]): string {
  return names.length > 0 ? names.map((name) => `\`${name}\``).join(" ") : "none";
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
