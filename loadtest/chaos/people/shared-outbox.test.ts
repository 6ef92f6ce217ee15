import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HistoryLine } from "../../history/lines.ts";
import { HistoryWriter } from "../../history/writer.ts";
import { Notes } from "./notes.ts";
import { SharedOutbox } from "./shared-outbox.ts";

let folder: string;
let history: HistoryWriter;
let device: SharedOutbox;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "roomdesk-outbox-"));
  history = new HistoryWriter(join(folder, "history.jsonl"));
  device = new SharedOutbox(join(folder, "outbox"));
});
afterEach(() => {
  history.close();
  rmSync(folder, { recursive: true });
});

const tab = (name: string) => device.enter(new Notes(name, history));
const row = (body: string) => ({
  conversation: "talk",
  at: 1,
  command: { type: "message.send", clientId: randomUUID(), body } as const,
});
const noted = () =>
  readFileSync(join(folder, "history.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => HistoryLine.parse(JSON.parse(line)));

test("what is pressed is noted once it is kept, and what is parked with its reason", async () => {
  const { outbox } = tab("ana/1");
  const hello = row("hello");
  await outbox.add(hello);
  await outbox.park(hello.command.clientId, "conversation_closed");
  expect(noted()).toMatchObject([
    { what: "invoke", who: "ana/1", conversation: "talk", type: "message.send", key: hello.command.clientId },
    { what: "fail", key: hello.command.clientId, code: "conversation_closed" },
  ]);
});

test("two tabs have one outbox; the first sends, and when it closes the other does", async () => {
  const [one, two] = [tab("ana/1"), tab("ana/2")];
  const [first, second] = [vi.fn(), vi.fn()];
  one.tabs.lead(first);
  two.tabs.lead(second);
  await one.outbox.add(row("hello"));
  expect(await two.outbox.rows()).toHaveLength(1);
  expect([first, second].map((begin) => begin.mock.calls.length)).toEqual([1, 0]);
  one.outbox.close();
  expect(second).toHaveBeenCalledOnce();
});

test("what tabs tell each other is heard by the others only", async () => {
  const [one, two] = [tab("ana/1"), tab("ana/2")];
  const heard = vi.fn();
  one.tabs.hear(() => void heard("one"));
  two.tabs.hear(() => void heard("two"));
  one.tabs.tell({ rows: "talk" });
  await vi.waitFor(() => expect(heard).toHaveBeenCalledExactlyOnceWith("two"));
});

test("when the last tab has closed, the next reads the file", async () => {
  const { outbox } = tab("ana/1");
  await outbox.add(row("hello"));
  expect(await device.keptRows()).toHaveLength(1);
  outbox.close();
  expect(await tab("ana/1").outbox.rows()).toHaveLength(1);
});
