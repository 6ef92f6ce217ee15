import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { cpuOf, memoryOf } from "./processes.ts";

test.runIf(process.platform === "linux")("a process' work and that of its children is counted", async () => {
  const busy = `const end = Date.now() + 200; while (Date.now() < end);`;
  const parent = `const { spawnSync } = require("node:child_process"); ${busy}
    spawnSync(process.execPath, ["-e", ${JSON.stringify(busy)}]); process.stdout.write("worked"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["-e", parent], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  const pid = child.pid ?? 0;
  await vi.waitFor(() => expect(cpuOf([pid])).toBeGreaterThan(100_000));
  expect(memoryOf([pid])).toBeGreaterThan(10 * 2 ** 20);
  const ended = once(child, "exit");
  child.kill();
  await ended;
  expect(cpuOf([pid])).toBe(0);
});
