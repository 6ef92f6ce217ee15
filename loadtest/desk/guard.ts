import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";

// A process beside the one that starts others. When that one ends, in whatever way, its end of our stdin closes, and
// everything it had started ends too: `kill -9` of a test must not leave a PostgreSQL running.

const watched = new Map<number, string>();
const folders = new Set<string>();
const mounts = new Set<string>();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
for await (const line of createInterface({ input: process.stdin })) {
  const [word = "", ...rest] = line.split(" ");
  obey(word, rest.join(" "));
}
for (const [pid, born] of watched) if (bornAt(pid) === born) signal(pid, "SIGKILL");
for (const mount of mounts) quietly(() => execFileSync("umount", ["-l", mount], { stdio: "ignore" }));
for (const folder of folders) quietly(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }));

function obey(word: string, what: string): void {
  if (word === "watch") watched.set(Number(what), bornAt(Number(what)));
  else if (word === "forget") watched.delete(Number(what));
  else if (word === "folder") folders.add(what);
  else if (word === "mount") mounts.add(what);
  else if (word === "keep") folders.delete(what);
}

/** A process id is given again; together with when it began it is one process. */
function bornAt(pid: number): string {
  try {
    return (
      readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ")[19] ?? ""
    );
  } catch {
    return process.platform === "linux" ? "gone" : "";
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  quietly(() => process.kill(pid, name));
}

function quietly(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    console.error(String(error)); // there is nobody left who could do anything about it
  }
}
