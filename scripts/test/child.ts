import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { root } from "../run.ts";

export type Ended = { code: number; tookTooLong: boolean };

/**
 * Runs a program and lets it speak for itself. It leads a group of its own, so that whatever it started ends with it:
 * when it takes longer than it may, and when we are told to stop.
 */
export function runAloud(
  program: string,
  args: readonly string[],
  { env, limitMs }: { env: NodeJS.ProcessEnv; limitMs: number },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      detached: true,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env, PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}` },
    });
    let tookTooLong = false;
    const endGroup = (signal: NodeJS.Signals) => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal);
    };
    const timer = setTimeout(() => {
      tookTooLong = true;
      endGroup("SIGKILL");
    }, limitMs);
    const stop = () => {
      endGroup("SIGTERM");
      process.exitCode = 130;
    };
    process.once("SIGINT", stop).once("SIGTERM", stop);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      process.off("SIGINT", stop).off("SIGTERM", stop);
      resolve({ code: code ?? 1, tookTooLong });
    });
  });
}
