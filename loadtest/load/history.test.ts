import { expect, test } from "vitest";
import type { CustomerApi } from "#client-sdk/desk-api.ts";
import type { Line, Paged } from "#protocol/conversation.ts";
import { historyOf } from "./history.ts";

const line = (seq: number): Line => ({
  ...{ kind: "message", seq, at: seq, id: `id-${seq}`, clientId: "c", by: { side: "staff", id: "ben" } },
  ...{ body: "x", version: 1, editedAt: null, deleted: null },
});

test("all pages are read, from the newest to the oldest", async () => {
  const asked: unknown[] = [];
  const page: CustomerApi["page"] = async (id, { before = 251, limit = 0 }): Promise<Paged> => {
    asked.push([id, before]);
    const first = Math.max(1, before - limit);
    const lines = Array.from({ length: before - first }, (_, i) => line(first + i));
    return { ok: true, lines, asOf: 250, more: first > 1 };
  };
  const ids = await historyOf({ page }, "c1");
  expect(new Set(ids).size).toBe(250);
  expect(asked).toEqual([
    ["c1", 251],
    ["c1", 151],
    ["c1", 51],
  ]);
});

test("a desk that will not tell is not an empty history", async () => {
  await expect(historyOf({ page: async () => ({ refused: "not_found" }) }, "c1")).rejects.toThrow(/not_found/);
});
