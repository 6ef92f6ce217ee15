import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { Passwords } from "../passwords.ts";
import { memoryPorts, type MemoryPorts } from "../testing/memory-ports.ts";
import { DemoFile } from "./demo-file.ts";
import { demoDesk } from "./seed.ts";

const passwords = new Passwords();
let folder: string;
let file: DemoFile;
let ports: MemoryPorts;
const world = { passwords, secret: "s".repeat(32), nodeId: "test", now: Date.now() };
const counts = ({ memory }: MemoryPorts) => ({
  users: memory.users.size,
  customers: memory.customers.size,
  conversations: memory.conversations.size,
  events: [...memory.conversations.values()].reduce((sum, { events }) => sum + events.length, 0),
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "roomdesk-demo-"));
  file = new DemoFile(folder);
  ports = memoryPorts();
  return () => rmSync(folder, { recursive: true });
});

test("the first start fills the desk with people and conversations in every state", async () => {
  const demo = await demoDesk(ports, file, world);
  expect(demo?.users.map(({ role }) => role).sort()).toEqual(["admin", "agent", "agent", "agent", "supervisor"]);
  expect(demo?.inboxes).toEqual([{ name: "Tidewater shop", key: expect.any(String) as string }]);
  const [admin] = ports.memory.users.values();
  const { rows } = await ports.feed.load(admin!.orgId, 100);
  const count = (is: (row: (typeof rows)[number]) => boolean) => rows.filter(is).length;
  expect(rows.length).toBeGreaterThanOrEqual(12);
  expect(count(({ status, joined }) => status === "open" && joined.length === 0)).toBeGreaterThanOrEqual(3);
  expect(count(({ status, joined }) => status === "open" && joined.length > 0)).toBeGreaterThanOrEqual(3);
  expect(count(({ status }) => status === "closed")).toBeGreaterThanOrEqual(3);
  expect(count(({ waitingSince }) => waitingSince !== null)).toBeGreaterThanOrEqual(4);
  expect(rows.map(({ lastLine }) => lastLine?.text).join()).toMatch(/\p{Script=Arabic}/u);
});

test("[I5] [CV15] what it tells went through the rules: numbers are dense, times lie in the past and never go back", async () => {
  await demoDesk(ports, file, world);
  for (const { events } of ports.memory.conversations.values()) {
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort((a, b) => a - b));
    expect(events.at(-1)!.at).toBeLessThanOrEqual(world.now);
  }
});

test("[N2] passwords follow from the desk's secret, fit, and stand for their owner alone in demo.json", async () => {
  const demo = (await demoDesk(ports, file, world))!;
  file.write("http://localhost:3000", demo);
  expect(statSync(join(folder, "demo.json")).mode & 0o777).toBe(0o600);
  const kept = JSON.parse(readFileSync(join(folder, "demo.json"), "utf8")) as object;
  expect(kept).toEqual({ url: "http://localhost:3000", users: demo.users, inboxes: demo.inboxes });
  expect(Object.keys(demo.users[0]!).sort()).toEqual(["email", "name", "password", "role"]);
  expect(new Set(demo.users.map(({ password }) => password)).size).toBe(5);
  for (const { email, password } of demo.users) {
    expect(password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    expect(await passwords.matches((await ports.staff.credentials(email))?.passwordHash, password)).toBe(true);
  }
});

test("a later start changes nothing and knows the sign-ins", async () => {
  const demo = (await demoDesk(ports, file, world))!;
  file.write("http://localhost:3000", demo);
  const before = counts(ports);
  expect(await demoDesk(ports, file, world)).toMatchObject(demo);
  expect(counts(ports)).toEqual(before);
});

test("of two nodes that start together on an empty desk one fills it, and both know the sign-ins", async () => {
  const [one, other] = [file, new DemoFile(mkdtempSync(join(folder, "other-")))];
  const demos = await Promise.all([demoDesk(ports, one, world), demoDesk(ports, other, world)]);
  expect(demos[0]?.users).toHaveLength(5);
  expect(demos[1]).toEqual(demos[0]);
  const once = memoryPorts();
  await demoDesk(once, new DemoFile(mkdtempSync(join(folder, "once-"))), world);
  expect(counts(ports)).toEqual(counts(once));
  const stranger = { ...world, secret: "t".repeat(32) };
  expect(await demoDesk(ports, new DemoFile(mkdtempSync(join(folder, "stranger-"))), stranger)).toBeUndefined();
});

test("a start that was cut off anywhere is finished by the next one, with nothing twice", async () => {
  const whole = memoryPorts();
  await demoDesk(whole, new DemoFile(mkdtempSync(join(folder, "whole-"))), world);
  for (const after of [0, 1, 7, 40]) {
    const cut = memoryPorts();
    const place = new DemoFile(mkdtempSync(join(folder, "cut-")));
    let left = after;
    const append = cut.log.append.bind(cut.log);
    cut.log.append = async (step) => {
      if (left-- <= 0) throw new Error("power cut");
      return append(step);
    };
    await expect(demoDesk(cut, place, world)).rejects.toThrow("power cut");
    cut.log.append = append;
    expect(await demoDesk(cut, place, world)).toBeDefined();
    expect(counts(cut)).toEqual(counts(whole));
  }
});

test("a desk that is somebody's own is left alone", async () => {
  const admin = { name: "Ada", email: "ada@harbour.example", passwordHash: await passwords.hash("a long sentence") };
  await ports.setup.complete({ organisation: "Harbour", inboxName: "Harbour", admin }, "server", "request");
  const before = counts(ports);
  expect(await demoDesk(ports, file, world)).toBeUndefined();
  expect(counts(ports)).toEqual(before);
});

test("a demo.json from another database is not believed", async () => {
  file.write("http://localhost:3000", { users: [], inboxes: [{ name: "Old", key: "gone" }] });
  const demo = await demoDesk(ports, file, world);
  expect(demo?.users).toHaveLength(5);
});
