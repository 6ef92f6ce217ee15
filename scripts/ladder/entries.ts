import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { beside, ladder } from "./table.ts";

const folders = [...Object.keys(ladder), ...beside].join(",");

/** Where programs begin: what commands, pages, settings and other processes name by path instead of importing. */
export function entries(root: string): string[] {
  const configs = globSync([`*.config.{ts,js}`, `.dependency-cruiser.js`, `{${folders}}/**/*.config.ts`], {
    cwd: root,
  });
  // drizzle-kit takes the whole folder (db/drizzle.config.ts); the compiler takes declarations (tsconfig's paths).
  const taken = globSync(["db/schema/*.ts", "scripts/*.d.ts"], { cwd: root });
  const named = [...taken, ...namedInScripts(root), ...namedInPages(root), ...namedInSources(root)];
  return [...new Set([...configs, ...named])].sort();
}

function namedInScripts(root: string): string[] {
  const { scripts = {} } = JSON.parse(read(root, "package.json")) as { scripts?: Record<string, string> };
  const words = Object.values(scripts).flatMap((command) => command.split(/\s+/));
  return words.filter((word) => /\.(ts|js|cjs)$/.test(word) && existsSync(join(root, word))).map(normalize);
}

function namedInPages(root: string): string[] {
  return globSync(`{${folders}}/**/*.html`, { cwd: root }).flatMap((page) =>
    [...read(root, page).matchAll(/<script[^>]+src="([^"]+\.[tj]s)"/g)].flatMap(([, path = ""]) =>
      existing(root, page, path),
    ),
  );
}

/** A path in quotes that is no import: a worker, a child process, a bundle's input, a global set-up. */
function namedInSources(root: string): string[] {
  const sources = globSync([`*.config.ts`, `{${folders}}/**/*.ts`], { cwd: root }).filter(
    (file) => !file.endsWith(".test.ts"),
  );
  return sources.flatMap((source) =>
    [...read(root, source).matchAll(/(?<!\bfrom\s|\bimport\s|\bimport\()["'`]([\w@./-]+\.ts)["'`]/g)].flatMap(
      ([, path = ""]) => existing(root, source, path),
    ),
  );
}

function existing(root: string, from: string, path: string): string[] {
  const candidates = path.startsWith("/") ? [path.slice(1)] : [join(dirname(from), path), normalize(path)];
  return candidates.filter((candidate) => !candidate.startsWith("..") && existsSync(join(root, candidate)));
}

const read = (root: string, path: string) => readFileSync(join(root, path), "utf8");
