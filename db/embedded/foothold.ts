import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import type { Binaries } from "./binaries.ts";

/** As whom PostgreSQL runs. It refuses to be root, so a root's PostgreSQL needs another name. */
export type Way = "self" | "account" | "namespace";

export type Foothold = {
  readonly way: Way;
  readonly binaries: Binaries;
  /** The folder that holds PostgreSQL's data folder. */
  readonly home: string;
  /** Who must own the data, as the file system counts. `undefined`: whoever we are. */
  readonly owner: number | undefined;
  readonly says: string;
};

// An uid no distribution gives to anybody (systemd's table: 60578–61183 unused), so nobody else's process can be it.
const ownUid = 60_999;

/** What to spawn for one of the binaries, from this foothold. */
export function command(foothold: Pick<Foothold, "way" | "owner">, binary: string, args: readonly string[]) {
  // Only what PostgreSQL needs: somebody's PGPORT or LANG must not reach it.
  const env = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C", TZ: "UTC" };
  switch (foothold.way) {
    case "self":
      return { file: binary, args: [...args], options: { env } };
    case "account":
      return { file: binary, args: [...args], options: { env, uid: foothold.owner!, gid: foothold.owner! } };
    case "namespace": {
      const name = namedAccount();
      const map = [`--map-user=${name.uid}`, `--map-group=${name.gid}`, "--"];
      return { file: "unshare", args: [...map, binary, ...args], options: { env } };
    }
  }
}

/** How `initdb` is spawned: unlike the server it insists on an uid with a name, so it borrows one for that second. */
export function initCommand(foothold: Foothold, args: readonly string[]) {
  const { initdb } = foothold.binaries;
  if (foothold.way === "self" && isNameless()) return command({ ...foothold, way: "namespace" }, initdb, args);
  const made = command(foothold, initdb, args);
  return foothold.way === "account" ? { ...made, options: { ...made.options, ...namedAccount() } } : made;
}

/** Finds a way to run these binaries with data in this folder; `undefined` when there is none. */
export function findFoothold(binaries: Binaries, home: string, allowed: readonly Way[]): Foothold | undefined {
  const ways: readonly Foothold[] =
    process.getuid?.() === 0
      ? [
          { way: "account", owner: formerOwner(home) ?? ownUid, says: "as an unprivileged user", binaries, home },
          { way: "namespace", owner: 0, says: "in a user namespace, for only root may enter here", binaries, home },
        ]
      : [{ way: "self", owner: undefined, says: "as this user", binaries, home }];
  return ways.find((one) => (one.way === "self" || allowed.includes(one.way)) && reaches(one));
}

/** Tried rather than computed: access lists, mount options and security modules have their say too. */
function reaches(foothold: Foothold): boolean {
  if (foothold.way === "self") return true; // whatever is wrong then deserves its own sentence
  const script = '"$1" -V >/dev/null && test -x "$2"';
  const enter = command(foothold, "/bin/sh", ["-c", script, "sh", foothold.binaries.postgres, foothold.home]);
  return spawnSync(enter.file, enter.args, { ...enter.options, cwd: "/", stdio: "ignore" }).status === 0;
}

/** Data of an ordinary user stay that user's when root starts Roomdesk once. */
function formerOwner(home: string): number | undefined {
  const { uid } = statSync(`${home}/postgres`, { throwIfNoEntry: false }) ?? {};
  return uid === 0 ? undefined : uid;
}

/** Containers like to run as a number nobody has written down. */
function isNameless(): boolean {
  try {
    userInfo();
    return false;
  } catch {
    return true; // ENOENT: no entry for this uid
  }
}

/** Some unprivileged account this machine has a name for. */
function namedAccount(): { uid: number; gid: number } {
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid }) => uid > 0);
  return accounts.find(({ name }) => name === "nobody") ?? accounts.at(-1) ?? { uid: 65_534, gid: 65_534 };
}
