import { execFileSync } from "node:child_process";
import { onPath } from "../chromium.ts";
import { Missing } from "./missing.ts";

/** Installs Debian packages where we may (root, with apt), or says which command does it. */
export function installDebian(what: string, packages: readonly string[]): void {
  const command = `apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  if (!mayInstall()) throw new Missing(`The tests need ${what}: run \`sudo ${command}\`, then again.`);
  console.log(`installing ${what}: ${command}`);
  apt(["update"]);
  apt(["install", "-y", "--no-install-recommends", ...packages]);
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && onPath("apt-get") !== undefined;
}

function apt(args: readonly string[]): void {
  try {
    // Installed for tests, which start it themselves: it is not to be started as a service.
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
    execFileSync("apt-get", ["-qq", ...args], { env, stdio: ["ignore", "ignore", "pipe"] });
  } catch (fault) {
    const said = fault instanceof Error && "stderr" in fault ? String(fault.stderr).trim().split("\n").at(-1) : "";
    throw new Missing(`apt-get ${args.join(" ")} failed (${said || "no reason given"}): run it by hand, then again.`);
  }
}
