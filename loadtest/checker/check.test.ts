import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HistoryWriter } from "../history/writer.ts";
import type { Written } from "./planted/testing/day-clock.ts";
import { honestDay } from "./planted/testing/honest-day.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "roomdesk-check-"))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(day: readonly Written[]): void {
  const writers = new Map<string, HistoryWriter>();
  for (const { file, line } of day) {
    const writer = writers.get(file) ?? new HistoryWriter(join(folder, file));
    writers.set(file, writer);
    writer.note(line, line.t);
  }
  for (const writer of writers.values()) writer.close();
}

async function check(): Promise<{ code: number; out: string; err: string }> {
  const program = [join(import.meta.dirname, "check.ts"), folder, "--json", join(folder, "result.json")];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, program);
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

test("a run in which all held ends with 0, and is written down", async () => {
  write(honestDay(5, 5));
  const { code, out } = await check();
  expect(code).toBe(0);
  expect(out).toContain("0 lost, 0 doubled, 0 misordered, 0 invented, 0 holes");
  expect(out).toMatch(/I14 +not exercised/);
  const result = JSON.parse(readFileSync(join(folder, "result.json"), "utf8")) as { invariants: object };
  expect(result.invariants).toMatchObject({ I1: "held", I13: "not exercised" });
});

test("a violated invariant ends with 1, and says where to look", async () => {
  write(
    honestDay(5, 5, ({ desk, ana, first }) => {
      desk.keep(ana, first, "nobody's key", { type: "message.send", text: "Nobody wrote this" });
    }),
  );
  const { code, out } = await check();
  expect(code).toBe(1);
  expect(out).toMatch(/I4 +violated/);
  expect(out).toMatch(/kept, and nobody wrote it\n.*conversation-1.*key nobody's key, dump\.jsonl:\d+/);
});

test("without a whole dump nothing is judged", async () => {
  write(honestDay(5, 5).filter(({ line }) => line.what !== "dump.end"));
  const { code, err } = await check();
  expect(code).toBe(2);
  expect(err).toContain("no whole dump");
});
