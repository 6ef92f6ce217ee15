import { createSecretKey } from "node:crypto";
import { expect, test } from "vitest";
import { UnwrappedKeys } from "./unwrapped-keys.ts";

const key = (subjectId: string) => ({ key: createSecretKey(Buffer.alloc(32, 7)), subjectId });

test("a key nobody used for ten minutes is forgotten, one in use stays", () => {
  let now = 0;
  const keys = new UnwrappedKeys({ max: 10, forMs: 600_000, now: () => now });
  keys.keep("idle", key("a"));
  const used = keys.keep("used", key("b"));
  now = 400_000;
  keys.get("used");
  now = 700_000;
  keys.sweep();
  expect(keys.get("idle")).toBeUndefined();
  expect(keys.get("used")).toBe(used);
});

test("the least recently used key makes room for a new one", () => {
  const keys = new UnwrappedKeys({ max: 2, forMs: 1, now: () => 0 });
  const first = keys.keep("first", key("a"));
  keys.keep("second", key("b"));
  keys.get("first");
  keys.keep("third", key("c"));
  expect([keys.get("second"), keys.get("first"), keys.size]).toEqual([undefined, first, 2]);
});

test("clearing forgets all", () => {
  const keys = new UnwrappedKeys({ max: 2, forMs: 1, now: () => 0 });
  keys.keep("one", key("a"));
  keys.clear();
  expect([keys.get("one"), keys.size]).toEqual([undefined, 0]);
});
