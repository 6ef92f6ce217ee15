import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export type Started = {
  readonly starter: ChildProcess;
  readonly pid: number;
  readonly port: number;
  readonly folder: string;
};

/** A process that has started a PostgreSQL and a Redis, where they are, and where their data lie. */
export async function startElsewhere(): Promise<Started> {
  const program = join(import.meta.dirname, "starter.ts");
  const starter = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
  const [said] = (await once(starter.stdout, "data")) as [Buffer];
  const [, pid, port, folder = ""] = /^started (\d+) (\d+) (\S+)/.exec(said.toString()) ?? [];
  return { starter, pid: Number(pid), port: Number(port), folder };
}
