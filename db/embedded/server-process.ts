import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync, readSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Refused } from "../refused.ts";
import { command, type Foothold } from "./foothold.ts";
import { dataFolder } from "./cluster.ts";

export type ServerSettings = {
  readonly port: number;
  /** Folder of the UNIX socket, where one fits. */
  readonly socketFolder: string | undefined;
  /** Off only for tests, whose data nobody wants back. */
  readonly durable: boolean;
};

export type ServerProcess = {
  readonly pid: number;
  readonly exited: Promise<void>;
  /** Ends it: sessions are cut, what is committed stays. */
  stop(): Promise<void>;
};

/** PostgreSQL went away before it took connections; `log` is what it wrote. */
export class StartFailed extends Refused {
  readonly log: string;
  constructor(log: string, file: string) {
    super(`PostgreSQL did not start: ${reason(log)} (more in ${file})`);
    this.log = log;
  }
}

/** Starts PostgreSQL and returns when it takes connections. */
export async function startServer(foothold: Foothold, settings: ServerSettings): Promise<ServerProcess> {
  const log = openLog(join(foothold.home, "postgres.log"));
  const start = command(foothold, foothold.binaries.postgres, ["-D", dataFolder(foothold), ...flags(settings)]);
  // A group of its own: Ctrl-C is for Roomdesk, which drains first and needs the database for that.
  const io = { cwd: "/", detached: true, stdio: ["ignore", log.fd, log.fd] as ["ignore", number, number] };
  const child = spawn(start.file, start.args, { ...start.options, ...io });
  closeSync(log.fd);
  const exited = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
  if (!(await isReady(child, exited, dataFolder(foothold)))) throw new StartFailed(log.since(), log.file);
  return { pid: child.pid!, exited, stop: () => stopProcess(child.pid!, exited) };
}

function flags({ port, socketFolder, durable }: ServerSettings): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: socketFolder === undefined ? "" : `"${socketFolder.replaceAll('"', '""')}"`,
    timezone: "UTC",
    log_timezone: "UTC",
    // DETAIL lines hold values of rows; a log must not.
    log_error_verbosity: "terse",
    // Short statements only here: compiling them costs more than it saves.
    jit: "off",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return ["-p", `${port}`, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

async function isReady(child: ChildProcess, exited: Promise<void>, data: string): Promise<boolean> {
  let alive = true;
  void exited.then(() => (alive = false));
  while (alive) {
    if (postmaster(data)?.ready === child.pid) return true;
    await delay(10);
  }
  return false;
}

/** What the data folder says of its postmaster: its pid, and the same again as `ready` once it takes connections. */
export function postmaster(data: string): { pid: number; ready: number | undefined } | undefined {
  const lines = readIfThere(join(data, "postmaster.pid"))?.split("\n");
  const pid = Number(lines?.[0]);
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  return { pid, ready: lines?.[7]?.trim() === "ready" ? pid : undefined };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Fast, then immediate, then by force: each next one only when the one before was not enough. */
export async function stopProcess(pid: number, exited: Promise<void>): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (!signalIfAlive(pid, signal)) return;
    const patience = new AbortController();
    const done = exited.then(() => true);
    const late = delay(5000, false, { signal: patience.signal }).catch(() => false);
    const ended = await Promise.race([done, late]);
    patience.abort();
    if (ended) return;
  }
}

export function signalIfAlive(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}

function openLog(file: string) {
  const keepBytes = 10_000_000;
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > keepBytes) renameSync(file, `${file}.1`);
  const fd = openSync(file, "a", 0o600);
  const from = statSync(file).size;
  return { fd, file, since: () => readFrom(file, from) };
}

function readFrom(file: string, from: number): string {
  const fd = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(20_000);
    return bytes.toString("utf8", 0, readSync(fd, bytes, 0, bytes.length, from));
  } finally {
    closeSync(fd);
  }
}

function reason(log: string): string {
  const lines = log.trim().split("\n");
  const told = lines.filter((line) => /FATAL|PANIC|ERROR/.test(line)).at(-1) ?? lines.at(-1);
  return told?.replace(/^.*?(FATAL|PANIC|ERROR): +/, "") || "it ended without a word";
}
