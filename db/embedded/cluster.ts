import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Refused } from "../refused.ts";
import { initCommand, type Foothold } from "./foothold.ts";
import type { Say } from "./say.ts";

const major = "18";

export const dataFolder = (foothold: Foothold) => join(foothold.home, "postgres");

/** The superuser's password of this cluster. It lies beside the data and dies with them. */
export function clusterPassword(home: string): string {
  const file = join(home, "postgres.password");
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

/** Makes the cluster unless it is there, and sees to it that its owner is who will run it. */
export async function prepareCluster(foothold: Foothold, password: string, say: Say): Promise<void> {
  const data = dataFolder(foothold);
  if (!existsSync(join(data, "PG_VERSION"))) {
    say("Making PostgreSQL's data folder, once");
    await initialise(foothold, data, password);
  }
  const version = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  if (version !== major) {
    throw new Refused(
      `The data in ${data} were made by PostgreSQL ${version} and this Roomdesk brings ${major}. ` +
        `Dump them with PostgreSQL ${version} and restore, or set ROOMDESK_DATA to another folder.`,
    );
  }
  giveTo(data, foothold.owner);
  chmodSync(data, 0o700); // a copy or a restored backup may have lost it, and PostgreSQL insists
}

/** Under another name until it is whole, so that a start that was cut short leaves no half database behind. */
async function initialise(foothold: Foothold, data: string, password: string): Promise<void> {
  const unfinished = `${data}.new`;
  const passwordFile = `${data}.init`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const auth = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  // The builtin provider sorts the same on every machine, so indexes survive a move to another one.
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const init = initCommand(foothold, ["-D", unfinished, ...auth, ...locale, "--data-checksums"]);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  try {
    const { uid } = init.options;
    if (uid !== undefined) for (const file of [unfinished, passwordFile]) chownSync(file, uid, -1);
    await run(init);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  giveTo(unfinished, foothold.owner);
  renameSync(unfinished, data);
}

function run(init: ReturnType<typeof initCommand>): Promise<void> {
  const child = spawn(init.file, init.args, { ...init.options, cwd: "/", stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Refused(`PostgreSQL could not create its data folder: ${lastLine(complaint)}`));
    });
  });
}

const lastLine = (text: string) => text.trim().split("\n").at(-1) ?? "";

function giveTo(folder: string, owner: number | undefined): void {
  if (owner === undefined || statSync(folder).uid === owner) return;
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    chownSync(join(folder, entry), owner, owner);
  }
  chownSync(folder, owner, owner); // last: it tells whether the work was finished
}
