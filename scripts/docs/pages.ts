import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beside, ladder } from "../ladder/table.ts";

const readmeMaxLines = 100;

/** Pages that mislead: links to nothing, a front page too long to read, a folder that does not say what it is. */
export function pageProblems(root: string, pages: readonly string[]): string[] {
  return [
    ...pages.flatMap((page) => deadLinks(root, page)),
    ...longFrontPage(root),
    ...silentFolders(root),
    ...pages.flatMap((page) => deadPaths(root, page)),
  ];
}

function deadLinks(root: string, page: string): string[] {
  const links = [...readFileSync(join(root, page), "utf8").matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(
    ([, link = ""]) => link,
  );
  return links
    .filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(root, dirname(page), link)))
    .map((link) => `${page}: ${link} is not there`);
}

/** Files that a page of the house names by their path. Decisions are history and may name what is gone. */
function deadPaths(root: string, page: string): string[] {
  if (page.startsWith("docs/decisions/") || (page.includes("/") && !page.startsWith("docs/"))) return [];
  const paths = [...readFileSync(join(root, page), "utf8").matchAll(/`([a-z][\w-]*\/[\w./-]+\.ts)`/g)].map(
    ([, path = ""]) => path,
  );
  return paths.filter((path) => !existsSync(join(root, path))).map((path) => `${page}: ${path} is not there`);
}

function longFrontPage(root: string): string[] {
  const lines = readFileSync(join(root, "README.md"), "utf8").trimEnd().split("\n").length;
  return lines > readmeMaxLines ? [`README.md: ${lines} lines, at most ${readmeMaxLines}`] : [];
}

function silentFolders(root: string): string[] {
  return [...Object.keys(ladder), ...beside]
    .filter((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }).length > 0)
    .filter((folder) => !existsSync(join(root, folder, "README.md")))
    .map((folder) => `${folder}/README.md is missing: what it is, what it may import, where to start reading`);
}
