import { describe, expect, onTestFinished, test } from "vitest";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidSetting, readConfig, settingsOf } from "./config.ts";

const secret = "a-secret-of-32-characters-or-more";

describe("settings", () => {
  test("nothing configured is a demo on this machine's port 3000", () => {
    expect(readConfig({})).toMatchObject({
      HOST: "127.0.0.1",
      PORT: 3000,
      ROOMDESK_DATA: ".roomdesk",
      demo: true,
      production: false,
    });
  });

  test("an empty value counts as none", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: " ", ROOMDESK_DEMO: "" })).toMatchObject({ PORT: 3000, demo: true });
  });

  test("in production there is no demo unless it is asked for, and every address is listened on", () => {
    const production = { NODE_ENV: "production", ROOMDESK_SECRET: secret };
    expect(readConfig(production)).toMatchObject({ demo: false, HOST: "0.0.0.0" });
    expect(readConfig({ ...production, ROOMDESK_DEMO: "1", HOST: "127.0.0.1" })).toMatchObject({
      demo: true,
      HOST: "127.0.0.1",
    });
  });

  test("[N2] production does not start without a secret, nor with a short one", () => {
    expect(() => readConfig({ NODE_ENV: "production" })).toThrow(/^ROOMDESK_SECRET is required in production/);
    expect(() => readConfig({ NODE_ENV: "production", ROOMDESK_SECRET: "changeme" })).toThrow(
      /^ROOMDESK_SECRET must have 32/,
    );
  });

  test("a slash at the end of PUBLIC_URL is no part of it", () => {
    expect(readConfig({ PUBLIC_URL: "https://desk.example/" }).publicUrl).toBe("https://desk.example");
  });

  const wrong: Record<string, readonly string[]> = {
    PORT: ["abc", "-1", "65536", "3000.5", "0x10", "99999999999"],
    HOST: ["a b", "http://x"],
    PUBLIC_URL: [
      "desk.example",
      "ftp://desk.example",
      "https://desk.example/path",
      "https://a@desk.example",
      "https://desk.example?x=1",
    ],
    TRUST_PROXY: ["yes", "11", "-1"],
    ROOMDESK_DEMO: ["yes", "2", "true"],
    ROOMDESK_SECRET: ["short"],
    ROOMDESK_NODE_URL: ["node-1"],
    ROOMDESK_RATE_FACTOR: ["0", "2.5", "many"],
    DATABASE_URL: ["mysql://a:b@host/db", "localhost"],
    REDIS_URL: ["http://localhost:6379"],
    AI_BASE_URL: ["localhost"],
    S3_ENDPOINT: ["s3"],
    SMTP_URL: ["mail.example"],
    LOG_LEVEL: ["loud", "INFO"],
  };
  for (const [name, values] of Object.entries(wrong))
    test(`a wrong ${name} is refused in one sentence that names it`, () => {
      for (const value of values) {
        const refused = thrown(() => readConfig({ [name]: value }));
        expect(refused).toBeInstanceOf(InvalidSetting);
        expect(refused.message).toMatch(new RegExp(`^${name} [^\n]+\\.$`));
      }
    });

  test("[N72] a value that may hold a password is not repeated", () => {
    const canary = "pa55word-canary";
    const secrets = ["ROOMDESK_SECRET", "DATABASE_URL", "REDIS_URL", "SMTP_URL", "PUBLIC_URL", "AI_BASE_URL"];
    for (const name of secrets)
      expect(thrown(() => readConfig({ [name]: `x:${canary}`.slice(0, 20) })).message).not.toContain("canary");
  });
});

function thrown(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("Nothing was refused");
}

describe("a file of settings", () => {
  const fileOf = (text: string): string => {
    const folder = mkdtempSync(join(tmpdir(), "roomdesk settings "));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, ".env"), text);
    return join(folder, ".env");
  };

  test("adds to the environment, and what the environment says goes before it", () => {
    const file = fileOf('# ours\nPORT=4000\nHOST="127.0.0.2" # quoted\n#LOG_LEVEL=debug\nROOMDESK_DEMO=0\n');
    const config = readConfig(settingsOf(file, { PORT: "5000", ROOMDESK_DEMO: "" }));
    expect(config).toMatchObject({ PORT: 5000, HOST: "127.0.0.2", LOG_LEVEL: "info", demo: false });
  });

  test("need not be there, and says so when it cannot be read", () => {
    const env = { PORT: "5000" };
    expect(settingsOf(undefined, env)).toBe(env);
    expect(settingsOf(join(fileOf(""), "../none"), env)).toEqual(env);
    const folder = join(fileOf(""), "..");
    expect(() => settingsOf(folder, env)).toThrow(
      new InvalidSetting(`The settings in ${folder} cannot be read (EISDIR).`),
    );
  });
});
