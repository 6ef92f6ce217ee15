import { expect, test } from "vitest";
import { balance, type Account, type Seen } from "./ledger.ts";
import { complaints } from "./report.ts";

const message = (k: number, seen: Partial<Seen> = {}): Seen => ({
  ...{ k, acked: `id-${k}`, delivered: `id-${k}`, times: 1, isChanged: false },
  ...seen,
});
const account = (...messages: Seen[]): Account[] => [{ conversationId: "c", messages }];
const kept = (...ids: string[]) => new Map([["c", new Set(ids)]]);
const said = (accounts: Account[], there: ReadonlyMap<string, ReadonlySet<string>>, expected = 2) =>
  complaints(balance(accounts, there), expected);

test("saved, delivered once as it was written, and in the database: nothing to complain of", () => {
  const accounts = account(message(1), message(2));
  expect(balance(accounts, kept("id-1", "id-2"))).toMatchObject({
    sent: 2,
    acked: 2,
    delivered: 2,
    lost: 0,
    doubled: 0,
  });
  expect(said(accounts, kept("id-1", "id-2"))).toEqual([]);
});

// A judge who has never found anything proves nothing.
test.each([
  [
    "delivered and gone from the database",
    account(message(1), message(2)),
    kept("id-1"),
    /1 of 2 messages were lost.*is not in the database/,
  ],
  [
    "in another conversation only",
    account(message(1), message(2)),
    new Map([["d", new Set(["id-1", "id-2"])]]),
    /2 of 2 messages were lost/,
  ],
  [
    "saved and never delivered",
    account(message(1), message(2, { delivered: "", times: 0 })),
    kept("id-1", "id-2"),
    /message 2 .*never delivered/,
  ],
  [
    "neither",
    account(message(1), message(2, { acked: "", delivered: "", times: 0 })),
    kept("id-1"),
    /neither saved nor delivered/,
  ],
  [
    "saved under another id",
    account(message(1), message(2, { acked: "id-3" })),
    kept("id-1", "id-2", "id-3"),
    /under another id/,
  ],
  [
    "never shown as saved",
    account(message(1), message(2, { acked: "" })),
    kept("id-1", "id-2"),
    /1 of 2 messages were never shown as saved/,
  ],
  ["shown twice", account(message(1), message(2, { times: 2 })), kept("id-1", "id-2"), /1 messages were shown twice/],
  [
    "another text",
    account(message(1), message(2, { isChanged: true })),
    kept("id-1", "id-2"),
    /1 messages came with another text/,
  ],
  ["never written", account(message(1)), kept("id-1"), /2 messages were to be sent, and 1 were/],
])("a planted fault is found: %s", (_, accounts, there, complaint) => {
  expect(said(accounts, there).join("\n")).toMatch(complaint);
});
