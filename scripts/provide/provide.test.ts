import { connect } from "node:net";
import { once } from "node:events";
import { afterEach, expect, test, vi } from "vitest";
import { run } from "../run.ts";
import { provideChromium } from "./chromium.ts";
import { installDebian } from "./debian.ts";
import { provideRedis } from "./redis.ts";

afterEach(() => {
  vi.unstubAllEnvs();
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
