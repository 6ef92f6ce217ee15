import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { HistoryLine } from "./lines.ts";
import { readHistory, UnreadableHistory } from "./reader.ts";
import { HistoryWriter } from "./writer.ts";

const folder = mkdtempSync(join(tmpdir(), "roomdesk-history-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(file: string): Promise<HistoryLine[]> {
  const lines: HistoryLine[] = [];
  for await (const { line } of readHistory(folder, file)) lines.push(line);
  return lines;
}

test("what a process noted before kill -9 is there, whole and in order", async () => {
  const path = join(folder, "killed.jsonl");
  const writes = `
    import { HistoryWriter } from ${JSON.stringify(join(import.meta.dirname, "writer.ts"))};
    const history = new HistoryWriter(${JSON.stringify(path)});
    for (let i = 1; ; i += 1) {
      history.note({ what: "seen", who: "node", conversation: "c", upTo: i });
      if (i === 500) process.kill(process.pid, "SIGKILL");
    }`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "--eval", writes], { stdio: "inherit" });
  await once(child, "exit");
  const lines = await read("killed.jsonl");
  expect(lines.map((line) => line.what === "seen" && line.upTo)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
});

test("a line torn by a kill is passed over, and the next process begins a line of its own", async () => {
  const path = join(folder, "torn.jsonl");
  const first = new HistoryWriter(path);
  first.note({ what: "gone", who: "ana" });
  first.close();
  appendFileSync(path, '{"t":12,"who":"ana","what":"go');
  const second = new HistoryWriter(path);
  second.note({ what: "woke", who: "node", pausedMs: 3 });
  second.close();
  expect((await read("torn.jsonl")).map(({ what }) => what)).toEqual(["gone", "woke"]);
  expect(readFileSync(path, "utf8").endsWith("}\n")).toBe(true);
});

test("a line that keeps not to the format stops the reading, and is named", async () => {
  appendFileSync(join(folder, "wrong.jsonl"), '{"t":1,"who":"ana","what":"gone"}\n{"t":2,"who":"ana","what":"read"}\n');
  await expect(read("wrong.jsonl")).rejects.toThrow(UnreadableHistory);
  await expect(read("wrong.jsonl")).rejects.toThrow("wrong.jsonl:2");
});
