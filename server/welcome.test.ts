import { describe, expect, test } from "vitest";
import { readConfig } from "./config.ts";
import { warnings, welcome } from "./welcome.ts";

const url = "http://localhost:3000";
const usual = { url, demo: undefined, setupLink: undefined, isDemoWanted: false };

describe("a start says", () => {
  test("first and alone on its line where it is ready, whatever else there is to say", () => {
    const demo = { users: [{ email: "a@b.example", password: "p", name: "Ada", role: "admin" as const }], inboxes: [] };
    for (const how of [usual, { ...usual, demo }, { ...usual, setupLink: "link" }, { ...usual, isDemoWanted: true }]) {
      const lines = welcome(how);
      expect(lines[0]).toBe(`ready ${url}`);
      expect(lines.filter((line) => line.startsWith("ready"))).toHaveLength(1);
    }
    expect(welcome({ ...usual, demo }).join("\n")).toMatch(/admin +Ada +a@b\.example +p$/);
  });

  test("[N10] that cookies travel in the clear where they do, and not on this machine", () => {
    const secret = { ROOMDESK_SECRET: "s".repeat(32) };
    expect(warnings(readConfig({}))).toEqual([]);
    expect(warnings(readConfig({ PUBLIC_URL: "http://localhost:3000" }))).toEqual([]);
    expect(warnings(readConfig({ NODE_ENV: "production", ...secret, PUBLIC_URL: "https://desk.example" }))).toEqual([]);
    for (const plain of [{ PUBLIC_URL: "http://desk.example" }, { NODE_ENV: "production", ...secret }])
      expect(warnings(readConfig(plain))).toEqual([expect.stringMatching(/^Warning: PUBLIC_URL is not https/)]);
  });

  test("what is set and of no use, and that limits are raised", () => {
    const several = { REDIS_URL: "redis://localhost", DATABASE_URL: "postgres://localhost/desk" };
    expect(warnings(readConfig(several))).toEqual([]);
    expect(warnings(readConfig({ REDIS_URL: several.REDIS_URL }))).toEqual([expect.stringContaining("DATABASE_URL")]);
    expect(warnings(readConfig({ ROOMDESK_NODE_URL: "http://10.0.0.5:3000" }))).toEqual([
      expect.stringContaining("Without REDIS_URL"),
    ]);
    expect(warnings(readConfig({ ROOMDESK_RATE_FACTOR: "50" }))).toEqual([expect.stringContaining("raised 50 times")]);
  });
});
