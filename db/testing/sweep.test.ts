import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isAlive } from "../embedded/process-identity.ts";
import { hold } from "../embedded/testing/held.ts";
import { sweepAbandoned } from "./sweep.ts";

test("the server of a run that was killed is ended and its folder removed; one in use stays", async () => {
  const outer = mkdtempSync(join(tmpdir(), "roomdesk-sweep-"));
  const [abandoned, used] = await Promise.all(
    ["run-abandoned", "run-used"].map((name) => hold({ dataDir: join(outer, name, "data") })),
  );
  abandoned!.kill("SIGKILL");
  await abandoned!.ended;
  await sweepAbandoned(outer, "run-");
  expect(readdirSync(outer)).toEqual(["run-used"]);
  expect([isAlive(abandoned!.server.pid), isAlive(used!.server.pid)]).toEqual([false, true]);
  used!.kill("SIGTERM");
  await used!.ended;
  rmSync(outer, { recursive: true });
});

test("testDatabase needs no vitest", async () => {
  const script = `
    const { testDatabase } = await import(${JSON.stringify(new URL("./test-database.ts", import.meta.url).href)});
    const own = await testDatabase({ durable: false });
    console.log(JSON.stringify(await own.database.app.call("select current_user as me")));
    await own.close();`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  await once(child, "close");
  expect(said.trim()).toBe('[{"me":"roomdesk_app"}]');
});
