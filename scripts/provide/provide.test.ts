import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { run } from "../run.ts";
import { provideChromium } from "./chromium.ts";
import { installDebian } from "./debian.ts";
import { provideProxies } from "./proxies.ts";
import { provideRedis } from "./redis.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("a Chromium that is named and not there is said in one sentence", () => {
  vi.stubEnv("CHROMIUM", "/nowhere/chromium");
  expect(() => provideChromium()).toThrow("CHROMIUM says /nowhere/chromium, and that is no program one can run.");
});

test("what may not be installed is said with the command that installs it", () => {
  vi.stubEnv("PATH", "");
  expect(() => installDebian("Redis", ["redis-server"])).toThrow(
    "The tests need Redis: run `sudo apt-get install -y --no-install-recommends redis-server`, then again.",
  );
});

describe("as root with apt", () => {
  let bin: string;
  const asked = () => readFileSync(join(bin, "asked"), "utf8").trim().split("\n");
  const program = (name: string, body: string) =>
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });

  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), "bin-"));
    vi.stubEnv("PATH", bin);
    vi.stubEnv("CHROMIUM", undefined); // as `npm test` sets it for the run this test is part of
    vi.spyOn(process, "getuid").mockReturnValue(0);
    vi.spyOn(console, "log").mockReturnValue();
    program("chromium", "true");
    program("apt-get", `echo "$@" >> ${bin}/asked`);
  });
  afterEach(() => rmSync(bin, { recursive: true }));

  test("only what is missing is installed", () => {
    program("fc-list", "echo 'Noto Sans'; echo 'Inter,Inter Medium'; echo 'Liberation Sans'; echo 'Noto Sans CJK JP'");
    expect(provideChromium()).toEqual({ CHROMIUM: join(bin, "chromium") });
    expect(asked()).toEqual(["-qq update", "-qq install -y --no-install-recommends fonts-noto-color-emoji"]);
  });

  test("without a way to list fonts they are all installed, and nothing is asked when all are there", () => {
    provideChromium();
    expect(asked().at(-1)).toMatch(
      /fonts-noto-core fonts-noto-color-emoji fonts-liberation2 fonts-inter fonts-noto-cjk$/,
    );
    rmSync(join(bin, "asked"));
    program("fc-list", "echo 'Noto Sans,Inter,Noto Color Emoji,Liberation Sans,Noto Sans CJK JP'");
    provideChromium();
    expect(existsSync(join(bin, "asked"))).toBe(false);
  });

  test("a proxy that is there is not installed, and one that cannot be found afterwards is said", () => {
    const isNowhere = !existsSync("/usr/sbin/haproxy");
    program("nginx", "true");
    if (isNowhere) expect(() => provideProxies()).toThrow("haproxy was installed and is neither on the PATH");
    else provideProxies();
    expect(existsSync(join(bin, "asked"))).toBe(isNowhere);
  });

  test("an installation that fails is said with apt's last words", () => {
    program("apt-get", "echo 'E: Unable to locate package' >&2; exit 100");
    expect(() => provideChromium()).toThrow(
      /^apt-get .* failed \(E: Unable to locate package\): run it by hand, then again\.$/,
    );
  });
});

test("a Redis of our own answers, forgets everything and ends", async () => {
  vi.stubEnv("REDIS_URL", "");
  const { env, stop } = await provideRedis();
  const { port } = new URL(env.REDIS_URL);
  const socket = connect(Number(port), "127.0.0.1", () => socket.write("CONFIG GET save\r\n"));
  const [said] = (await once(socket, "data")) as [Buffer];
  expect(said.toString()).toBe("*2\r\n$4\r\nsave\r\n$0\r\n\r\n");
  socket.destroy();
  await stop();
  const refused = connect(Number(port), "127.0.0.1");
  const [fault] = (await once(refused, "error")) as [NodeJS.ErrnoException];
  expect(fault.code).toBe("ECONNREFUSED");
});

test("a REDIS_URL where nobody answers is said in one sentence", async () => {
  vi.stubEnv("REDIS_URL", "redis://127.0.0.1:1");
  await expect(provideRedis()).rejects.toThrow("No Redis answers at REDIS_URL 127.0.0.1.");
});

test("an old Node is answered with one sentence", async () => {
  for (const version of ["20.20.2", "22.17.1"]) {
    const { code, output } = await underNode(version);
    expect(output).toBe(
      `Roomdesk needs Node 22.18 or newer and this is ${version}: install Node 24 from https://nodejs.org, or run \`npm ci\` on Linux, which brings Node 24 along.\n`,
    );
    expect(code).toBe(1);
  }
  expect(await underNode("22.18.0")).toEqual({ code: 0, output: "on we go\n" });
  expect(await underNode("24.0.0")).toEqual({ code: 0, output: "on we go\n" });
});

function underNode(version: string) {
  const pretend = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`;
  return run(process.execPath, ["-e", `${pretend} require("./scripts/node-version.cjs"); console.log("on we go");`]);
}
