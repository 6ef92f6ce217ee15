import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Same pixels on every machine, nothing fetched behind the tests' back. */
export const chromiumArguments = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
  "--force-color-profile=srgb",
];

const usual = "/usr/bin/chromium";

/** Where Chromium is, or the usual place: whoever starts it then says that it is missing. */
export function chromiumPath(env: NodeJS.ProcessEnv = process.env): string {
  return findChromium(env) ?? usual;
}

export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROMIUM) return isProgram(env.CHROMIUM) ? env.CHROMIUM : undefined;
  return (
    ["chromium", "chromium-browser", "google-chrome"].map((name) => onPath(name, env)).find(Boolean) ??
    [usual].find(isProgram)
  );
}

export function onPath(program: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  return (env.PATH ?? "")
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, program))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
