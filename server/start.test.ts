import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPorts } from "./open-ports.ts";
import { call, signIn, visit } from "./testing/calls.ts";
import type { House } from "./testing/memory-ports.ts";
import { closeCodeOf, browser, seatSocket } from "./testing/seat-socket.ts";
import { StartedDesk } from "./testing/started-desk.ts";

const minutes = 60_000;
const folders: string[] = [];
function newFolder(name = "roomdesk start "): string {
  const folder = mkdtempSync(join(tmpdir(), name)); // with a space, as on many desktops
  folders.push(folder);
  return join(folder, "data");
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const oneSentence = (desk: StartedDesk, sentence: RegExp) => {
  expect(desk.printed).toMatch(sentence);
  expect(desk.printed).not.toMatch(/^\s+at /m);
};

describe("a start that cannot be", () => {
  test("[style 14] a wrong setting ends it at once with one sentence that names it", async () => {
    const desk = new StartedDesk(newFolder(), { PORT: "many" });
    expect(await desk.ended()).toBe(1);
    expect(desk.printed).toBe('Roomdesk cannot start: PORT must be a whole number from 0 to 65535, not "many".\n');
  });

  test("a wrong setting in the file that `npm start` names is said like one of the environment, which goes before it", async () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
    expect(scripts["start"]).toMatch(/ server\/start\.ts \.env$/);
    const file = relative(".", join(dirname(newFolder()), "settings"));
    const command = [process.execPath, "server/start.ts", file];
    writeFileSync(file, "PORT=many\nHOST=127.0.0.1\n");
    const desk = new StartedDesk(newFolder(), { LOG_LEVEL: "warn", PORT: "" }, command);
    expect(await desk.ended()).toBe(1);
    oneSentence(desk, /^Roomdesk cannot start: PORT must be .*"many"/);
    const other = new StartedDesk(newFolder(), { LOG_LEVEL: "quiet", PORT: "0" }, command);
    expect(await other.ended()).toBe(1);
    oneSentence(other, /^Roomdesk cannot start: LOG_LEVEL must be .*"quiet"/);
  });

  test("[N2] production without a secret does not start", async () => {
    const desk = new StartedDesk(newFolder(), { NODE_ENV: "production" });
    expect(await desk.ended()).toBe(1);
    oneSentence(desk, /^Roomdesk cannot start: ROOMDESK_SECRET is required in production/);
  });

  test("a data folder that cannot be written is named, with what to do", async () => {
    const desk = new StartedDesk("/dev/null/data");
    expect(await desk.ended()).toBe(1);
    oneSentence(
      desk,
      /^Roomdesk cannot start: The data folder \/dev\/null\/data cannot be written \(ENOTDIR\)\. .*ROOMDESK_DATA/m,
    );
  });

  test("a database that does not answer is named without its password", async () => {
    const url = "postgres://somebody:pa55word@127.0.0.1:1/desk";
    const opening = openPorts({
      url,
      dataFolder: newFolder(),
      secret: "s".repeat(32),
      say: () => undefined,
      patienceMs: 300,
    });
    await expect(opening).rejects.toThrow(
      /^The database at [^\n]*127\.0\.0\.1:1[^\n]* did not answer [^\n]+DATABASE_URL\.$/,
    );
    await expect(opening).rejects.not.toThrow(/pa55word/);
  });
});

describe("a desk from its first start to its next", () => {
  const folder = newFolder();
  let desk: StartedDesk;
  let url: string;
  beforeAll(async () => {
    desk = new StartedDesk(folder);
    url = await desk.ready();
  }, 2 * minutes);
  afterAll(() => desk.end("SIGKILL"));

  test("it says where it is and how to get in, and the same stands in demo.json for its owner alone", async () => {
    const { users, inboxes, url: written } = desk.demo();
    expect(written).toBe(url);
    expect(inboxes).toHaveLength(1);
    for (const { email, password } of users) expect(desk.printed).toMatch(new RegExp(`${email} +${password}`));
    for (const name of ["demo.json", "secret"]) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    const member = await signIn(url, users[0]!.email, users[0]!.password);
    expect((await member.ask("GET", "/api/colleagues")).as<{ colleagues: object[] }>().colleagues).toHaveLength(5);
  });

  test("[N2] [N72] no password and no token stands in what it logs", () => {
    const log = desk.printed.split("\n").filter((line) => line.startsWith("{"));
    for (const { password } of desk.demo().users) expect(log.join("\n")).not.toContain(password);
    expect(log.join("\n")).not.toContain(readFileSync(join(folder, "secret"), "utf8").trim());
  });

  test("it serves the shop, the widget and the workspace", async () => {
    for (const path of ["/", "/widget/loader.js", "/workspace/"])
      expect((await call(url, "GET", path)).status).toBe(200);
    expect(await call(url, "GET", "/readyz")).toMatchObject({ status: 200 });
  });

  test("[N12] [N83] another's conversation takes the time of one that does not exist, within a fifth", async () => {
    const { key } = desk.demo().inboxes[0]!;
    const house = { inbox: { key } } as House; // all that a visit needs of it
    const [ana, carl] = [await visit(url, house), await visit(url, house)];
    const id = await ana.open();
    const quickest = { foreign: Infinity, missing: Infinity };
    for (let round = 0; round < 80; round++)
      for (const [what, asked] of [
        ["foreign", id],
        ["missing", randomUUID()],
      ] as const) {
        const began = performance.now();
        expect(await carl.ask("GET", `/api/conversations/${asked}/page`)).toMatchObject({ status: 404 });
        quickest[what] = Math.min(quickest[what], performance.now() - began);
      }
    expect(Math.abs(quickest.foreign - quickest.missing) / quickest.missing).toBeLessThan(0.2);
  });

  test("a second one in the same folder is refused, and the first lives on", async () => {
    const second = new StartedDesk(folder);
    expect(await second.ended()).toBe(1);
    oneSentence(second, /^Roomdesk cannot start: Another Roomdesk \(process \d+\) is using .*ROOMDESK_DATA/m);
    expect(await call(url, "GET", "/readyz")).toMatchObject({ status: 200 });
  });

  test(
    "killed without warning it starts again with everything and everybody it had",
    async () => {
      const before = desk.demo();
      await desk.end("SIGKILL");
      desk = new StartedDesk(folder);
      url = await desk.ready();
      expect(desk.demo()).toEqual({ ...before, url });
      const { email, password } = before.users[0]!;
      expect((await signIn(url, email, password)).session.user.email).toBe(email);
    },
    2 * minutes,
  );

  test("[drain] SIGTERM sends people on, ends with 0 within fifteen seconds, and takes nobody new", async () => {
    const { email, password } = desk.demo().users[0]!;
    const member = await signIn(url, email, password);
    const socket = await seatSocket(url, await member.ask("POST", "/api/workspace/seat", {}, browser));
    const closed = closeCodeOf(socket);
    const began = performance.now();
    const ended = desk.end("SIGTERM");
    void desk.end("SIGTERM"); // as npm and a terminal do together
    expect(await ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(await closed).toBe(4011);
    await expect(fetch(url)).rejects.toThrow();
    expect(desk.printed).toMatch(/stopping\nstopped\n$/);
  });

  test(
    "a taken port ends the start with one sentence",
    async () => {
      const other = createServer().listen(0, "127.0.0.1");
      await once(other, "listening");
      const { port } = other.address() as AddressInfo;
      const late = new StartedDesk(folder, { PORT: String(port) });
      expect(await late.ended()).toBe(1);
      oneSentence(late, new RegExp(`^Roomdesk cannot start: Port ${port} is taken by another program\\. .*PORT`, "m"));
      other.close();
    },
    minutes,
  );
});

test(
  "[N2] outside the demo the first start gives one link, in a fragment, that makes the first admin once",
  async () => {
    const folder = newFolder();
    const desk = new StartedDesk(folder, { ROOMDESK_DEMO: "0" });
    try {
      const url = await desk.ready();
      await expect.poll(() => desk.printed).toMatch(/#setup=/);
      const [, link = "", token = ""] = /(http\S+\/workspace\/)#setup=([\w-]{43})$/m.exec(desk.printed) ?? [];
      expect(link).toBe(`${url}/workspace/`);
      expect((await call(url, "GET", "/")).headers.get("location")).toBe("/workspace/");
      const body = {
        token,
        organisation: "Harbour",
        name: "Ada",
        email: "ada@harbour.example",
        password: "a long sentence",
      };
      expect((await call(url, "POST", "/api/setup", { body })).status).toBe(201);
      expect((await call(url, "POST", "/api/setup", { body })).status).toBe(403);
      const ada = await signIn(url, "ada@harbour.example", "a long sentence");
      expect((await ada.ask("GET", "/api/inboxes")).as<{ inboxes: object[] }>().inboxes).toHaveLength(1);
      await desk.end("SIGTERM");
    } finally {
      await desk.end("SIGKILL");
    }
    const again = new StartedDesk(folder); // the demo is wanted now, and left out
    try {
      const url = await again.ready();
      await expect.poll(() => again.printed).toMatch(/the demo was left out/);
      expect(again.printed).not.toContain("#setup=");
      expect((await call(url, "POST", "/demo/identity", { body: {} })).status).toBe(404);
    } finally {
      await again.end("SIGKILL");
    }
  },
  3 * minutes,
);

test(
  "SIGTERM to `npm start` is a drain, and npm ends after it",
  async () => {
    const desk = new StartedDesk(newFolder(), {}, ["npm", "start"]);
    await desk.ready();
    expect(await desk.end("SIGTERM")).toBe(0);
    expect(desk.printed).toMatch(/^stopping\nstopped$/m);
  },
  2 * minutes,
);
