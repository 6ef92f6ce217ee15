import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { clone, type Clone } from "./clone.ts";
import type { EmbeddedOptions, EmbeddedPostgres } from "../embedded-postgres.ts";

export type Held = {
  /** The process that started it. */
  readonly pid: number;
  readonly server: Pick<EmbeddedPostgres, "url" | "home" | "way" | "pid">;
  readonly said: string[];
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<{ code: number | null; complaint: string }>;
};

/** Starts PostgreSQL in another process, as another user if told, and resolves when it is ready. */
export async function hold(options: EmbeddedOptions, { uid, from = clone() }: { uid?: number; from?: Clone } = {}) {
  const run = spawnHolder(options, uid, from);
  const outcome = await Promise.race([run.ready, run.ended]);
  if ("code" in outcome) throw new Error(`It ended with ${outcome.code}: ${outcome.complaint}`);
  return { pid: run.pid, server: outcome, said: run.said, kill: run.kill, ended: run.ended } satisfies Held;
}

/** The sentence with which it refuses to start. */
export async function refusal(options: EmbeddedOptions, { uid, from = clone() }: { uid?: number; from?: Clone } = {}) {
  const run = spawnHolder(options, uid, from);
  const outcome = await Promise.race([run.ready, run.ended]);
  if ("code" in outcome) return outcome;
  run.kill("SIGTERM");
  throw new Error("It started");
}

function spawnHolder(options: EmbeddedOptions, uid: number | undefined, from: Clone) {
  const who = uid === undefined ? {} : { uid, gid: uid };
  const script = join(from.folder, "db/embedded/testing/hold-postgres.ts");
  const child = spawn(from.node, [script, JSON.stringify(options)], { cwd: "/", stdio: "pipe", ...who });
  const said: string[] = [];
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  const ready = new Promise<Held["server"]>((resolve) => {
    createInterface(child.stdout).on("line", (line) => {
      const told = JSON.parse(line) as { said?: string; ready?: Held["server"] };
      if (told.said !== undefined) said.push(told.said);
      if (told.ready) resolve(told.ready);
    });
  });
  const ended = new Promise<{ code: number | null; complaint: string }>((resolve) =>
    child.once("close", (code) => resolve({ code, complaint: complaint.trim() })),
  );
  return { pid: child.pid!, ready, ended, said, kill: (signal: NodeJS.Signals) => void child.kill(signal) };
}
