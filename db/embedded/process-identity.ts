import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

const linux = process.platform === "linux";

/** Is this number a living process, whoever's? */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** What tells two processes apart that got the same number one after the other. */
export function bornAt(pid: number): string {
  if (!linux) return "";
  const stat = readOr(`/proc/${pid}/stat`);
  // The name in parentheses may hold anything; the 20th field after it is the start in ticks since the boot.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

/** Where process numbers mean something: this boot of this machine, and in it this container. */
export function realm(): string {
  if (!linux) return hostname();
  return `${readOr("/proc/sys/kernel/random/boot_id").trim()} ${readlinkSync("/proc/self/ns/pid")}`;
}

/** The command line of a living process; empty when it is gone or nobody may see it. */
export function commandLine(pid: number): string {
  if (linux) return readOr(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
  try {
    return execFileSync("ps", ["-o", "command=", "-p", `${pid}`], { encoding: "utf8" });
  } catch {
    return ""; // ps answers 1 for a process that is gone
  }
}

function readOr(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // gone in between, or hidden: both mean that nothing is known
  }
}
