import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { bodies, newRow, outboxContract } from "./contract/outbox.contract.ts";
import { fileOutbox } from "./file-outbox-node.ts";
import { memoryOutbox } from "./memory-outbox.ts";
import { killedWriter } from "./testing/killed-writer-node.ts";

const folders: string[] = [];
function freshPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "outbox-"));
  folders.push(folder);
  return join(folder, "outbox.jsonl");
}
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

describe("the outbox in memory", () => {
  outboxContract(async () => async () => memoryOutbox());

  test("says that it keeps nothing", () => {
    expect(memoryOutbox().isPersistent).toBe(false);
  });
});

describe("the outbox in a file", () => {
  outboxContract(async () => {
    const path = freshPath();
    return async () => fileOutbox(path);
  });

  test("[I2] a last line that was torn off is forgotten, and everything before it is there", async () => {
    const path = freshPath();
    const outbox = fileOutbox(path);
    await outbox.add(newRow("one"));
    await outbox.add(newRow("two"));
    outbox.close();
    for (const torn of ['{"put":{"conv', "{", '{"remove":"']) {
      appendFileSync(path, torn);
      const again = fileOutbox(path);
      expect(bodies(await again.rows())).toEqual(["one", "two"]);
      await again.add(newRow("next"));
      again.close();
      const last = fileOutbox(path);
      expect(bodies(await last.rows())).toEqual(["one", "two", "next"]);
      await last.remove((await last.rows())[2]!.command.clientId);
      last.close();
    }
  });

  test("damage in the middle is not taken for an empty outbox", () => {
    const path = freshPath();
    writeFileSync(path, '{"put"\n{"remove":"x"}\n');
    expect(() => fileOutbox(path)).toThrow();
  });

  test("is for its owner only", async () => {
    const path = freshPath();
    fileOutbox(path).close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("does not grow for ever", async () => {
    const path = freshPath();
    const outbox = fileOutbox(path, { compactAfter: 50 });
    await outbox.add(newRow("stays"));
    for (let i = 0; i < 60; i++) await outbox.remove((await outbox.add(newRow("goes"))).command.clientId);
    expect(readFileSync(path, "utf8").split("\n").length).toBeLessThan(60);
    expect(bodies(await outbox.rows())).toEqual(["stays"]);
  });

  test("[I2] what was said to be kept is there after kill -9", async () => {
    const path = freshPath();
    const kept = await killedWriter(path);
    const outbox = fileOutbox(path);
    expect(kept.length).toBeGreaterThanOrEqual(20);
    expect(bodies(await outbox.rows()).slice(0, kept.length)).toEqual(kept);
  });
});
