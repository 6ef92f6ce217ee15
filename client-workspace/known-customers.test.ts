import { expect, test } from "vitest";
import { KnownCustomers } from "./known-customers.ts";
import { row } from "./testing/rows.ts";

function tab() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  };
}
const nora = row({ id: "nora" });
const panel = {
  id: nora.customer.id,
  name: "Nora Lindqvist",
  email: null,
  verified: true,
  externalId: null,
  since: 0,
  page: null,
  device: null,
  language: null,
  conversations: [{ id: "earlier", status: "closed", openedAt: 0, lastLine: null }] as const,
};

test("the customer stays known when the list's window loses the row", () => {
  const known = new KnownCustomers(tab());
  known.learn([nora]);
  known.learn([]);
  expect(known.of("nora")).toMatchObject({ name: "Nora Lindqvist", verified: true, inboxName: "Shop" });
});

test("earlier conversations are known from their customer's panel", () => {
  const known = new KnownCustomers(tab());
  known.learnPanel(panel);
  expect(known.of("earlier")).toMatchObject({ id: nora.customer.id, name: "Nora Lindqvist" });
});

test("who does not stand in the list is here when the conversation says so; a row knows more than one conversation", () => {
  const known = new KnownCustomers(tab());
  known.learnPanel(panel);
  known.meet("earlier", { name: "Nora", online: true });
  expect(known.of("earlier")).toMatchObject({ name: "Nora Lindqvist", online: true });
  const before = known.of("earlier");
  known.meet("earlier", { name: "Nora", online: true });
  expect(known.of("earlier")).toBe(before); // or everything that is drawn from it would be drawn again
  known.learn([nora]);
  known.meet("nora", { name: "Nora", online: !nora.customer.online });
  expect(known.of("nora")?.online).toBe(nora.customer.online);
});

test("over a reload the tab keeps whose conversation was open, by id only", () => {
  const storage = tab();
  const known = new KnownCustomers(storage);
  known.learn([nora, row({ id: "other" })]);
  known.keep("nora");
  const reloaded = new KnownCustomers(storage);
  expect(reloaded.of("nora")).toMatchObject({ id: nora.customer.id, name: "" });
  expect(reloaded.of("other")).toBeNull();
});

test("signing out forgets them all", () => {
  const storage = tab();
  const known = new KnownCustomers(storage);
  known.learn([nora]);
  known.keep("nora");
  known.forget();
  expect(known.of("nora")).toBeNull();
  expect(new KnownCustomers(storage).of("nora")).toBeNull();
});

test("what somebody else wrote there does no harm", () => {
  const storage = tab();
  storage.setItem("roomdesk:customers", "{not ours");
  expect(new KnownCustomers(storage).of("nora")).toBeNull();
});
