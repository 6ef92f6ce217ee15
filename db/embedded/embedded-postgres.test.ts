import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, lstatSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { isAlive } from "./process-identity.ts";
import { cloneInto, type Clone } from "./testing/clone.ts";
import { ask, folder, isRoot, newFolder, removeFolders } from "./testing/folders.ts";
import { hold, refusal, type Held } from "./testing/held.ts";

vi.setConfig({ testTimeout: 60_000 }); // whole clones are copied and clusters made

// This clone may lie where only root may enter; this copy of it lies where everybody may.
let reachable: Clone;
beforeAll(() => {
  reachable = cloneInto(newFolder(0o755));
});
afterAll(() => rmSync(reachable.folder, { recursive: true }));

const running: Held[] = [];
const started = async (...args: Parameters<typeof hold>): Promise<Held> => {
  const held = await hold(...args);
  running.push(held);
  return held;
};

afterEach(async () => {
  const all = running.splice(0);
  for (const held of all) held.kill("SIGTERM");
  await Promise.all(all.map((held) => held.ended));
  removeFolders(all.map((held) => held.server.home));
});

const uidOf = (pid: number) => Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
const stop = async (held: Held) => {
  held.kill("SIGTERM");
  expect(await held.ended).toEqual({ code: 0, complaint: "" });
};
/** Starts, writes, stops and starts again: the second one must read what the first has written. */
const keepsItsData = async (...args: Parameters<typeof hold>) => {
  const first = await started(...args);
  await ask(first.server.url, "create table kept as select 7 as n");
  await stop(first);
  const second = await started(...args);
  expect(await ask(second.server.url, "select n from kept")).toEqual([{ n: 7 }]);
  expect(second.server.way).toBe(first.server.way);
  return second;
};
// Making a cluster takes a second. What follows is about running one, so it starts from copies of this.
let seed: string | undefined;
const made = (name = "data") => {
  const dataDir = join(folder(), name);
  if (seed) cpSync(seed, dataDir, { recursive: true });
  return dataDir;
};
const keepSeed = async () => {
  const dataDir = join(folder(), "data");
  await stop(await started({ dataDir }));
  seed = join(newFolder(0o755), "data");
  cpSync(dataDir, seed, { recursive: true });
};
beforeAll(keepSeed);
afterAll(() => rmSync(join(seed ?? "", ".."), { recursive: true }));

const nobody = 65_534;
const nameless = 61_002;

describe.runIf(isRoot)("as root", () => {
  test("in an ordinary folder it runs under an uid of its own", async () => {
    const { server, said } = await keepsItsData({ dataDir: join(folder(), "data") }, { from: reachable });
    expect(server.way).toBe("account");
    expect(uidOf(server.pid)).toBe(60_999);
    expect(statSync(join(server.home, "postgres"))).toMatchObject({ uid: 60_999, mode: 0o40700 });
    expect(said).toEqual([`PostgreSQL runs as an unprivileged user, data in ${server.home}/postgres`]);
  });

  test("in a folder only root may enter it runs in place, in a user namespace", async () => {
    const possible = spawnSync("unshare", ["--map-user=65534", "true"]).status === 0;
    const inside = folder(0o700);
    const where = { dataDir: join(inside, "data"), systemFolder: folder() };
    const { server, said } = await keepsItsData(where, { from: cloneInto(join(inside, "clone")) });
    expect(server.way).toBe(possible ? "namespace" : "account");
    expect(server.home).toBe(possible ? where.dataDir : expect.stringContaining(where.systemFolder));
    expect(said.at(-1)).toContain("only root may enter");
  });

  test("where namespaces are forbidden it runs from the system's folder, and a link says so", async () => {
    const inside = folder(0o700);
    const where = { dataDir: join(inside, "data"), systemFolder: folder(), ways: ["account"] as const };
    const { server, said } = await keepsItsData(where, { from: cloneInto(join(inside, "clone")) });
    expect(server.home).toMatch(new RegExp(`^${where.systemFolder}/data-[0-9a-f]+$`));
    expect(uidOf(server.pid)).toBe(60_999);
    expect(lstatSync(join(where.dataDir, "postgres")).isSymbolicLink()).toBe(true);
    expect(said.at(-1)).toContain(where.systemFolder);
  });

  test("the data follow when their folder is closed and opened again, and when the system's folder becomes the only way", async () => {
    const outer = folder();
    const where = { dataDir: join(outer, "data"), systemFolder: folder() };
    const open = await started(where, { from: reachable });
    await ask(open.server.url, "create table kept as select 7 as n");
    await stop(open);
    for (const { mode, ways } of [
      { mode: 0o700, ways: ["account", "namespace"] },
      { mode: 0o755, ways: ["account"] },
      { mode: 0o700, ways: ["account"] },
    ] as const) {
      chmodSync(outer, mode);
      const again = await started({ ...where, ways }, { from: reachable });
      expect(await ask(again.server.url, "select n from kept")).toEqual([{ n: 7 }]);
      await stop(again);
    }
  });

  test("the data of an ordinary user stay that user's", async () => {
    const home = folder(0o777);
    const where = { dataDir: join(home, "data") };
    await stop(await started(where, { uid: nobody, from: reachable }));
    const { server } = await started(where, { from: reachable });
    expect(uidOf(server.pid)).toBe(nobody);
    expect(statSync(join(server.home, "postgres")).uid).toBe(nobody);
  });
});

describe.runIf(isRoot)("as an ordinary user", () => {
  test("it runs as that user", async () => {
    const { server, said } = await keepsItsData(
      { dataDir: join(folder(0o777), "data") },
      { uid: nobody, from: reachable },
    );
    expect(uidOf(server.pid)).toBe(nobody);
    expect(said).toEqual([`PostgreSQL runs as this user, data in ${server.home}/postgres`]);
  });

  test("it runs as an user the machine has no name for, as containers do", async () => {
    const { server } = await keepsItsData({ dataDir: join(folder(0o777), "data") }, { uid: nameless, from: reachable });
    expect(uidOf(server.pid)).toBe(nameless);
  });

  test("a data folder that cannot be written is refused in one sentence", async () => {
    const readOnly = folder(0o555);
    for (const dataDir of [readOnly, join(readOnly, "data")]) {
      const { code, complaint } = await refusal({ dataDir }, { uid: nobody, from: reachable });
      expect(code).toBe(1);
      expect(complaint).toBe(
        `The data folder ${dataDir} cannot be written (EACCES). ` +
          "Make it writable for this user, or set ROOMDESK_DATA to another folder.",
      );
    }
  });
});

test("a file where the data folder should be is refused in one sentence", async () => {
  const file = join(folder(), "data");
  writeFileSync(file, "");
  for (const dataDir of [file, join(file, "deeper")]) {
    expect((await refusal({ dataDir })).complaint).toMatch(
      /^The data folder .* cannot be written \((EEXIST|ENOTDIR)\)\./,
    );
  }
});

test("a path with spaces, quotes, commas and other scripts is a path like any other", async () => {
  const from = cloneInto(join(folder(), "my  desk's, 店"));
  const { server } = await keepsItsData({ dataDir: join(from.folder, `the "data"`) }, { from });
  expect(server.home).toBe(join(from.folder, `the "data"`));
});

test("a path too long for a socket is served over loopback", async () => {
  const { server } = await started({ dataDir: made("long".repeat(30)) });
  expect(new URL(server.url).search).toBe("");
  expect(await ask(server.url, "select inet_server_addr()::text as at")).toEqual([{ at: "127.0.0.1/32" }]);
});

test("it listens on loopback only, wants scram passwords and writes through to the disk", async () => {
  const { server } = await started({ dataDir: made() });
  const settings =
    "('listen_addresses', 'fsync', 'full_page_writes', 'synchronous_commit', 'password_encryption', 'data_checksums')";
  const shown = await ask(server.url, `select name, setting from pg_settings where name in ${settings} order by name`);
  expect(shown).toEqual([
    { name: "data_checksums", setting: "on" },
    { name: "fsync", setting: "on" },
    { name: "full_page_writes", setting: "on" },
    { name: "listen_addresses", setting: "127.0.0.1" },
    { name: "password_encryption", setting: "scram-sha-256" },
    { name: "synchronous_commit", setting: "on" },
  ]);
  const rules = await ask(server.url, "select distinct auth_method from pg_hba_file_rules");
  expect(rules).toEqual([{ auth_method: "scram-sha-256" }]);
  const wrong = new URL(server.url);
  wrong.password = "wrong";
  await expect(ask(wrong.href, "select 1")).rejects.toThrow("password authentication failed");
});

test("data of another PostgreSQL are refused in one sentence and left alone", async () => {
  const dataDir = made();
  const version = join(dataDir, "postgres/PG_VERSION");
  writeFileSync(version, "17\n");
  const { code, complaint } = await refusal({ dataDir });
  expect(code).toBe(1);
  expect(complaint).toBe(
    `The data in ${dataDir}/postgres were made by PostgreSQL 17 and this Roomdesk brings 18. ` +
      "Dump them with PostgreSQL 17 and restore, or set ROOMDESK_DATA to another folder.",
  );
  expect(readFileSync(version, "utf8")).toBe("17\n");
});

test("a server that cannot start says why and where to read more", async () => {
  const dataDir = made();
  writeFileSync(join(dataDir, "postgres/postgresql.conf"), "no_such_setting = 1\n");
  const { code, complaint } = await refusal({ dataDir });
  expect(code).toBe(1);
  expect(complaint).toMatch(
    /^PostgreSQL did not start: .*(no_such_setting|configuration file).* \(more in .*postgres\.log\)$/,
  );
});

test("a second start in the same folder is refused and names the process that has it", async () => {
  const where = { dataDir: made() };
  const first = await started(where);
  const { code, complaint } = await refusal(where);
  expect(code).toBe(1);
  expect(complaint).toBe(
    `Another Roomdesk (process ${first.pid}) is using ${where.dataDir}. Stop it, or set ROOMDESK_DATA to another folder.`,
  );
  expect(await ask(first.server.url, "select 1 as still")).toEqual([{ still: 1 }]);
});

test("after kill -9 of Roomdesk the next start replaces the orphan and has all that was committed", async () => {
  const where = { dataDir: made() };
  const killed = await started(where);
  await ask(killed.server.url, "create table kept as select 7 as n");
  killed.kill("SIGKILL");
  await killed.ended;
  expect(isAlive(killed.server.pid)).toBe(true);
  const next = await started(where);
  expect(isAlive(killed.server.pid)).toBe(false);
  expect(await ask(next.server.url, "select n from kept")).toEqual([{ n: 7 }]);
  expect(next.said[0]).toContain(`PostgreSQL (process ${killed.server.pid}) was left behind`);
});

test("after kill -9 of Roomdesk and PostgreSQL together the next start has all that was committed", async () => {
  const where = { dataDir: made() };
  const killed = await started(where);
  await ask(killed.server.url, "create table kept as select 7 as n");
  killed.kill("SIGKILL");
  process.kill(killed.server.pid, "SIGKILL");
  await killed.ended;
  const next = await started(where);
  expect(await ask(next.server.url, "select n from kept")).toEqual([{ n: 7 }]);
});

test("after kill -9 of PostgreSQL it is started again at the same address, as often as it takes", async () => {
  const held = await started({ dataDir: made() });
  const { url, home } = held.server;
  await ask(url, "create table kept as select 7 as n");
  for (let accident = 1; accident <= 3; accident++) {
    const pid = Number(readFileSync(join(home, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
    process.kill(pid, "SIGKILL");
    await vi.waitFor(async () => expect(await ask(url, "select n from kept")).toEqual([{ n: 7 }]), { timeout: 10_000 });
    expect(held.said).toContain(`PostgreSQL (process ${pid}) ended unexpectedly; it is started again`);
  }
});

test("SIGTERM shuts it down in order, with sessions open, and gives the folder back", async () => {
  const where = { dataDir: made() };
  const held = await started(where);
  const session = ask(held.server.url, "select pg_sleep(60)");
  session.catch(() => undefined);
  await vi.waitFor(async () =>
    expect(await ask(held.server.url, "select from pg_stat_activity where wait_event = 'PgSleep'")).toHaveLength(1),
  );
  await stop(held);
  await expect(session).rejects.toThrow(/terminat/);
  expect(isAlive(held.server.pid)).toBe(false);
  expect(existsSync(join(where.dataDir, "roomdesk.lock"))).toBe(false);
  expect(readFileSync(join(where.dataDir, "postgres.log"), "utf8")).toContain("database system is shut down");
});

test("Ctrl-C reaches Roomdesk alone, so that it can still drain into its database", async () => {
  const { pid, server } = await started({ dataDir: made() });
  const group = (one: number) => readFileSync(`/proc/${one}/stat`, "utf8").split(") ")[1]?.split(" ")[2];
  expect(group(server.pid)).not.toBe(group(pid));
});
