import { readdirSync, readFileSync } from "node:fs";

// Linux counts in hundredths of a second, whatever its own clock.
const tickUs = 10_000;

/** Microseconds of CPU that these processes and their children have used, the ended ones included; `null` off Linux. */
export function cpuOf(pids: readonly number[]): number | null {
  if (process.platform !== "linux") return null;
  const roots = new Set(pids);
  let ticks = 0;
  for (const entry of readdirSync("/proc")) {
    const times = /^\d+$/.test(entry) ? timesOf(entry) : undefined;
    if (!times) continue;
    if (roots.has(Number(entry))) ticks += times.own + times.ended;
    else if (roots.has(times.parent)) ticks += times.own;
  }
  return ticks * tickUs;
}

/** Resident memory of these processes in bytes; `null` off Linux. */
export function memoryOf(pids: readonly number[]): number | null {
  if (process.platform !== "linux") return null;
  let kilobytes = 0;
  for (const pid of pids)
    kilobytes += Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  return kilobytes * 1024;
}

/** Ticks of CPU of a process and of its ended children; `undefined` when it has gone. */
export function timesOf(pid: string): { parent: number; own: number; ended: number } | undefined {
  try {
    // After the name, which may hold spaces: state, parent … user, system, children's user, children's system.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")
      .map(Number);
    const [, parent = 0] = fields;
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11);
    return { parent, own: user + system, ended: endedUser + endedSystem };
  } catch {
    return undefined; // it ended while we looked
  }
}
