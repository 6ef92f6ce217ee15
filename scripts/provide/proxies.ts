import { existsSync } from "node:fs";
import { onPath } from "../chromium.ts";
import { installDebian } from "./debian.ts";
import { Missing } from "./missing.ts";

const programs = ["nginx", "haproxy"] as const;

/** The reverse proxies of the manual, for the tests that run its files; installed where that is allowed. */
export function provideProxies(): void {
  const missing = programs.filter((program) => !isThere(program));
  if (missing.length > 0) installDebian("the reverse proxies of the manual", missing);
  for (const program of missing)
    if (!isThere(program)) throw new Missing(`${program} was installed and is neither on the PATH nor in /usr/sbin.`);
}

// Debian keeps them where a user's PATH does not lead.
const isThere = (program: string) => onPath(program) !== undefined || existsSync(`/usr/sbin/${program}`);
