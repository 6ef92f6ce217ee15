import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { lockFolder } from "./folder-lock.ts";
import { bornAt, realm } from "./process-identity.ts";
import { folder, removeFolders } from "./testing/folders.ts";
import { racers } from "./testing/racers.ts";

afterEach(() => removeFolders([]));

const heldBy = (where: string, holder: object) => writeFileSync(join(where, "roomdesk.lock"), JSON.stringify(holder));
const me = { pid: process.pid, born: bornAt(process.pid), realm: realm() };

test("a folder is held by one at a time and free again when given back", async () => {
  const where = folder();
  const unlock = await lockFolder(where);
  await expect(lockFolder(where)).rejects.toThrow(`Another Roomdesk (process ${process.pid}) is using ${where}.`);
  unlock();
  (await lockFolder(where))();
  expect(readdirSync(where)).toEqual([]);
});

test.for([
  ["a process that is gone", { ...me, pid: 2 ** 22 + 1 }],
  ["a process whose number is somebody else's by now", { ...me, born: "1" }],
  ["another container that does not stir", { ...me, realm: "elsewhere" }],
] as const)("the lock of %s is taken over", async ([, holder]) => {
  const where = folder();
  heldBy(where, holder);
  const unlock = await lockFolder(where);
  expect(JSON.parse(readFileSync(join(where, "roomdesk.lock"), "utf8"))).toEqual(me);
  unlock();
});

test("a lock cut short by a full disk is nobody's", async () => {
  const where = folder();
  writeFileSync(join(where, "roomdesk.lock"), '{"pid":');
  (await lockFolder(where))();
});

test("the lock of another container that is alive is respected, for its numbers say nothing here", async () => {
  const where = folder();
  heldBy(where, { ...me, pid: 1, realm: "elsewhere" });
  const heart = setInterval(() => utimesSync(join(where, "roomdesk.lock"), new Date(), new Date()), 50);
  await expect(lockFolder(where)).rejects.toThrow("(process 1 of another container or machine)");
  clearInterval(heart);
});

test("of many that find a dead holder's lock exactly one gets the folder", async () => {
  const field = await racers(6);
  for (let round = 1; round <= 50; round++) {
    const where = folder();
    heldBy(where, { ...me, pid: 2 ** 22 + 1 });
    const got = await field.race(where);
    expect(got.filter((words) => words === "mine")).toHaveLength(1);
    expect(got.filter((words) => words.startsWith("Another Roomdesk (process"))).toHaveLength(5);
  }
  field.end();
});
