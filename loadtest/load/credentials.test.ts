import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readCredentials } from "./credentials.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "roomdesk-credentials-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (text: string): string => {
  const path = join(folder, "demo.json");
  writeFileSync(path, text);
  return path;
};

test("users and the first inbox of a demo.json", () => {
  const users = [{ email: "ben@example.com", password: "secret", name: "Ben", role: "agent" }];
  const path = file(JSON.stringify({ url: "http://x", users, inboxes: [{ name: "Shop", key: "k" }] }));
  expect(readCredentials(path)).toEqual({ users, inboxKey: "k" });
});

test.each([
  ["{", /is not JSON/],
  ["null", /lists no users/],
  ['{"users": []}', /lists no users/],
  ['{"users": [{"email": "a", "password": 7}]}', /lists no users/],
  ['{"users": [{"email": "a", "password": "hidden"}]}', /lists no inbox/],
])("refuses %s in a sentence that names the file and nothing in it", (text, sentence) => {
  const path = file(text);
  expect(() => readCredentials(path)).toThrow(sentence);
  expect(() => readCredentials(path)).toThrow(path);
  expect(() => readCredentials(path)).not.toThrow(/hidden/);
});

test("refuses a file that is not there", () => {
  expect(() => readCredentials(join(folder, "nowhere.json"))).toThrow(/cannot be read: ENOENT/);
});
