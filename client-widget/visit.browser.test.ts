import { beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { deviceKey } from "./device.ts";
import { MemoryStage } from "./testing/memory-stage.ts";
import { RehearsedChat, RehearsedCustomer, theirs } from "./testing/rehearsal.ts";
import { button, deep, find, onPage, wordsOf } from "./testing/stage.ts";
import type { RoomdeskWidget } from "./widget.component.ts";
import "./app.ts";

let stage: MemoryStage;
beforeEach(async () => {
  await page.viewport(1000, 700);
  stage = new MemoryStage();
});

const bubbles = (widget: Element) => deep(widget, "rd-message-bubble").map((one) => wordsOf(one).trim());
const kept = () => Object.keys(localStorage).filter((key) => key.startsWith("roomdesk:"));

async function type(widget: Element, text: string): Promise<void> {
  const field = await find<HTMLTextAreaElement>(widget, "textarea");
  field.value = text;
  field.dispatchEvent(new Event("input"));
}

async function write(widget: RoomdeskWidget, text: string): Promise<void> {
  widget.open();
  const begin = () => deep(widget, "textarea")[0] ?? deep(widget, "rd-home .write, .write")[0];
  await expect.poll(begin).toBeTruthy();
  if (!deep(widget, "textarea")[0]) (await button(widget, "Send us a message")).click();
  const field = await find<HTMLTextAreaElement>(widget, "textarea");
  field.focus();
  await type(widget, text);
  await userEvent.keyboard("{Enter}");
}

test("a first message opens the conversation, an answer comes back, and each side sees the other read it", async () => {
  const widget = await stage.tab();
  const heard: string[] = [];
  for (const event of ["sent", "received"] as const) widget.on(event, () => heard.push(event));
  await write(widget, "Hello! One mug came cracked.");
  await expect.poll(() => wordsOf(widget)).toContain("Saved");
  const ben = await stage.ben();
  await ben.sendMessage("I can send a new one.");
  await expect.poll(() => bubbles(widget)).toHaveLength(2);
  expect(wordsOf(widget)).toMatch(/Ben joined/);
  ben.markRead();
  await expect.poll(() => wordsOf(widget)).toContain("Read");
  await expect.poll(() => ben.messages.at(-1)).toMatchObject({ state: "read" });
  expect(heard).toEqual(["sent", "received"]);
});

test("while the panel is closed news are counted and teased, and the teaser leads to them", async () => {
  const widget = await stage.tab();
  await write(widget, "Hello!");
  await expect.poll(() => wordsOf(widget)).toContain("Saved");
  widget.close();
  const ben = await stage.ben();
  await ben.sendMessage("It leaves tomorrow.");
  const teaser = await find(widget, ".teaser");
  expect(teaser.textContent).toMatch(/Ben.*It leaves tomorrow\./s);
  expect((await find(widget, ".badge")).textContent).toBe("1");
  (await find(widget, ".teaser .said")).click();
  await expect.poll(() => bubbles(widget).at(-1)).toContain("It leaves tomorrow.");
  await expect.poll(() => deep(widget, ".badge")).toEqual([]);
});

test("what is written while the desk is down is kept on the screen and sent when it is back", async () => {
  const widget = await stage.tab();
  stage.isUp = false;
  widget.open();
  await expect.poll(() => wordsOf(widget), { timeout: 5000 }).toContain("We cannot be reached just now.");
  await write(widget, "Is anybody there?");
  await expect.poll(() => bubbles(widget)).toHaveLength(1);
  stage.isUp = true;
  await expect.poll(() => wordsOf(widget), { timeout: 15_000 }).toContain("Saved");
});

test("two tabs show the same, and signing out in one empties both and the device", async () => {
  const [one, other] = [await stage.tab(), await stage.tab()];
  await write(one, "Written in the first tab.");
  await expect.poll(() => wordsOf(one)).toContain("Saved");
  other.open();
  (await button(other, "Written in the first tab.")).click();
  await expect.poll(() => bubbles(other)).toHaveLength(1);
  await write(other, "And in the second.");
  await expect.poll(() => bubbles(one)).toHaveLength(2);
  await type(other, "A draft");
  expect(kept().length).toBeGreaterThan(1);

  await one.logout();
  for (const tab of [one, other]) {
    await expect.poll(() => deep(tab, "rd-message-bubble")).toEqual([]);
    expect(wordsOf(tab)).not.toMatch(/first tab|second|draft/);
  }
  await expect.poll(kept).toEqual([]);
});

test("another tab that begins a conversation brings the launcher of this one to life", async () => {
  const customer = new RehearsedCustomer().add(new RehearsedChat({ unread: 1, messages: [theirs("Hi")] }));
  const widget = await onPage(customer);
  expect(customer.asked).toEqual([]);
  window.dispatchEvent(new StorageEvent("storage", { key: deviceKey("garden"), newValue: "{}" }));
  await find(widget, ".badge");
});

test("identify makes the customer known where they stand; a refusal rejects with its sentence", async () => {
  const chat = new RehearsedChat({ unread: 1, messages: [theirs("Good morning")] });
  const customer = new RehearsedCustomer().add(chat);
  const widget = await onPage(customer);
  widget.open();
  await expect.poll(() => wordsOf(widget)).toContain("Good morning");
  await widget.identify("a.b.c");
  expect(customer.asked).toContainEqual(["identify", "a.b.c"]);
  expect(wordsOf(widget)).toContain("Good morning");
  customer.answer = { refused: "bad_identity" };
  await expect(widget.identify("forged")).rejects.toThrow("We could not confirm who you are.");
  customer.answer = { unreachable: true };
  await expect(widget.identify("late")).rejects.toThrow("The desk does not answer.");
});

test("somebody else who signs in sees nothing of who was there before", async () => {
  const chat = new RehearsedChat({ unread: 1, messages: [theirs("Dear Nora")] });
  const customer = new RehearsedCustomer({ customer: { id: "nora", name: "Nora", verified: true } }).add(chat);
  const widget = await onPage(customer);
  widget.open();
  await expect.poll(() => wordsOf(widget)).toContain("Dear Nora");
  localStorage.setItem("roomdesk:draft:garden:c1", "Nora's draft");
  customer.change({ customer: { id: "emil", name: "Emil", verified: true }, conversations: [] });
  await expect.poll(() => wordsOf(widget)).not.toContain("Dear Nora");
  expect(localStorage.getItem("roomdesk:draft:garden:c1")).toBeNull();
});

test("a text from the page leads to the open conversation, else to a new one, and is not sent", async () => {
  const customer = new RehearsedCustomer().add(new RehearsedChat({ messages: [theirs("Good morning")] }));
  const widget = await onPage(customer);
  widget.open();
  await widget.prefill("I have a question: ");
  expect((await find<HTMLTextAreaElement>(widget, "textarea")).value).toBe("I have a question: ");
  expect(wordsOf(widget)).toContain("Good morning");
  expect(customer.conversation("c1").asked.map(([what]) => what)).not.toContain("sendMessage");
  const fresh = await onPage(new RehearsedCustomer(), { inbox: "other" });
  fresh.open();
  await fresh.prefill("Hello");
  expect((await find<HTMLTextAreaElement>(fresh, "textarea")).value).toBe("Hello");
});
