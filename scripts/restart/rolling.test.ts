import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { run } from "../run.ts";
import { rollingRestart } from "./rolling.ts";

let folder: string;
let url: string;
let status: Record<string, number[]>;
let asked: string[];
let said: string[];

/** A supervisor that writes down what it restarts, and nodes that answer one after the other what `status` says. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "restart-"));
  [status, asked, said] = [{}, [], []];
  const server = createServer((req, res) => {
    const node = req.url?.slice(1) ?? "";
    asked.push(node);
    const left = status[node] ?? [200];
    res.statusCode = (left.length > 1 ? left.shift() : left[0]) ?? 200;
    res.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/{}`;
  return () => {
    server.close();
    rmSync(folder, { recursive: true });
  };
});

const restart = () => `echo {} >> ${folder}/restarted`;
const restarted = () => readFileSync(join(folder, "restarted"), "utf8").trim().split("\n");
const rolling = (more: { restart?: string; withinMs?: number } = {}) =>
  rollingRestart(["a", "b", "c"], {
    ...{ restart: restart(), ready: url, withinMs: 5000 },
    ...{ say: (line: string) => said.push(line), ...more },
  });

describe("npm run rolling-restart", () => {
  test("restarts one after the other, each when the one before is ready again", async () => {
    status = { a: [200, 503, 503, 200] };
    await rolling();
    expect(restarted()).toEqual(["a", "b", "c"]);
    expect(asked).toEqual(["a", "b", "c", "a", "a", "a", "b", "c"]);
    expect(said.at(-1)).toBe("restarted 3");
  });

  test("touches none when one is away already", async () => {
    status = { b: [503] };
    await expect(rolling()).rejects.toThrow("Nothing was restarted: b is not ready");
    expect(said).toEqual([]);
  });

  test("stops at one that does not come back, or whose restart fails", async () => {
    status = { b: [200, 503] };
    await expect(rolling({ withinMs: 200 })).rejects.toThrow("Stopped at b: it was not ready within 0.2 s.");
    expect(restarted()).toEqual(["a", "b"]);
    await expect(rolling({ restart: "exit 3" })).rejects.toThrow(/Nothing was restarted|Stopped at a/);
  });

  test("says what is wrong in one sentence, with a failure's exit code", async () => {
    const { code, output } = await run(process.execPath, [
      ...["scripts/rolling-restart.ts", "--restart", "true", "--ready", "http://127.0.0.1:1/{}", "3001"],
    ]);
    expect([code, output]).toEqual([1, "Nothing was restarted: 3001 is not ready at http://127.0.0.1:1/3001.\n"]);
  });
});
