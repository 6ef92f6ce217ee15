import { expect, test } from "vitest";
import type { MessageView } from "#client-sdk/view-line.ts";
import { naming } from "./naming.ts";

const line = (more: Partial<MessageView>): MessageView => ({
  kind: "message",
  key: "k",
  id: "m",
  seq: 2,
  at: 0,
  by: { side: "customer", id: "author" },
  name: "Visitor",
  own: false,
  body: "Hello",
  version: 1,
  edited: false,
  deletedBy: null,
  state: null,
  late: false,
  problem: null,
  mayRetry: false,
  draft: null,
  ...more,
});
const visitor = { id: "customer", name: "Visitor 7F2C" };

test("a customer is called in the thread what the list calls them, under the same id", () => {
  const [named] = naming({ customer: visitor, colleagues: [] })([line({})]);
  expect(named).toMatchObject({ name: "Visitor 7F2C", by: { side: "customer", id: "customer" } });
});

test("a colleague who never joined has a name at their note", () => {
  const colleagues = [{ id: "ben", name: "Ben Osei", online: false }];
  const note = line({ kind: "note", by: { side: "staff", id: "ben" }, name: "" });
  expect(naming({ customer: null, colleagues })([note])[0]?.name).toBe("Ben Osei");
});

test("a name the conversation knows is left, and nobody is made up", () => {
  const named = naming({ customer: null, colleagues: [] });
  expect(named([line({ by: { side: "staff", id: "x" }, name: "Sofie" })])[0]?.name).toBe("Sofie");
  expect(named([line({ by: { side: "staff", id: "x" }, name: "" })])[0]?.name).toBe("");
});

test("a line that has not changed keeps its identity, or 50,000 bubbles would be drawn anew", () => {
  const named = naming({ customer: visitor, colleagues: [] });
  const lines = [line({})];
  expect(named([...lines])[0]).toBe(named(lines)[0]);
});
