import { html } from "lit";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { drawn, expectAccessible, inside, mount } from "#client-ui/testing/stage.ts";
import { staffedDesk } from "../testing/staffed-desk.ts";
import "./define.ts";
import type { RdDesk } from "./desk.component.ts";

beforeEach(async () => {
  location.hash = "";
  await page.viewport(1440, 800);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await page.viewport(480, 700);
});

async function shown(...firstWords: string[]) {
  const staffed = await staffedDesk();
  const chats = [];
  for (const text of firstWords) chats.push(await staffed.customer(text));
  const desk = await mount<RdDesk>(html`<rd-desk .session=${staffed.desk} theme="light"></rd-desk>`, { width: 1440 });
  await vi.waitFor(() => expect(rows(desk)).toHaveLength(firstWords.length));
  return { ...staffed, element: desk, chats };
}
const rows = (desk: RdDesk) => [
  ...inside(desk, "rd-conversation-list").shadowRoot!.querySelectorAll<HTMLElement>("rd-conversation-row"),
];
const textOf = (one: Element | undefined) => one?.shadowRoot?.textContent?.replace(/\s+/g, " ").trim() ?? "";
const open = async (desk: RdDesk, at = 0) => {
  rows(desk)[at]?.click();
  await vi.waitFor(() =>
    expect(inside(desk, "rd-conversation-pane").shadowRoot?.querySelector("rd-long-thread")).not.toBeNull(),
  );
  await vi.waitFor(() => expect(focus()).toBe("textarea"));
};
/** What has the focus, through all shadow roots. */
function focus(): string | undefined {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at?.localName;
}

test("it is accessible: nobody chosen, a conversation open, narrow with its panel, and on a phone", async () => {
  const { element } = await shown("Hello", "Good morning");
  await expectAccessible(element);
  await open(element);
  await expectAccessible(element);
  await page.viewport(1000, 700);
  element.slide(true);
  await drawn(element);
  await expectAccessible(element);
  await page.viewport(390, 800);
  element.slide(false);
  await drawn(element);
  await expectAccessible(element);
});

test("choosing somebody opens the conversation with the customer beside it, and the address keeps it", async () => {
  const { element, chats } = await shown("Hello");
  await open(element);
  expect(location.hash).toBe(`#/new/${chats[0]?.id}`);
  await vi.waitFor(() => expect(inside(element, "rd-customer-panel").shadowRoot?.textContent).toContain("Ana"));
});

test("after closing the pane stays and the panel still shows the customer, though the list has lost the row", async () => {
  const { element } = await shown("Hello");
  await open(element);
  await userEvent.keyboard("{Escape}e");
  inside(inside(inside(element, "rd-conversation-pane"), "rd-conversation-head"), ".turn").click();
  await vi.waitFor(() => expect(rows(element)).toHaveLength(0));
  expect(inside(element, "rd-conversation-pane").shadowRoot?.textContent).toContain("This conversation is closed.");
  expect(inside(element, "rd-customer-panel").shadowRoot?.textContent).toContain("Ana");
});

test("a conversation opened by its link has its customer beside it, though it does not stand in the list", async () => {
  const { desk, customer } = await staffedDesk();
  const { id, chat } = await customer("Hello");
  await desk.conversation(id).close();
  await vi.waitFor(() => expect(chat.status).toBe("closed"));
  location.hash = `#/new/${id}`;
  const element = await mount<RdDesk>(html`<rd-desk .session=${desk} theme="light"></rd-desk>`, { width: 1440 });
  await vi.waitFor(() => expect(inside(element, "rd-customer-panel").shadowRoot?.textContent).toContain("About"));
  expect(inside(element, "rd-customer-panel").shadowRoot?.textContent).toContain("Ana");
  expect(rows(element)).toHaveLength(0);
});

test("what one began to write stays on the device, and the list says so once one has gone elsewhere", async () => {
  const { element } = await shown("Hello", "Good morning");
  await open(element);
  await userEvent.keyboard("I can send");
  expect(textOf(rows(element)[0])).not.toContain("Draft");
  rows(element)[1]?.click();
  await vi.waitFor(() => expect(textOf(rows(element)[0])).toContain("Draft I can send"));
  localStorage.clear();
});

test("G opens the longest wait, E closes, and neither does so while one writes", async () => {
  const { element, desk, chats } = await shown("Hello");
  (document.activeElement as HTMLElement | null)?.blur();
  await userEvent.keyboard("g");
  await vi.waitFor(() => expect(focus()).toBe("textarea"));
  await userEvent.keyboard("e");
  const session = desk.conversation(chats[0]!.id);
  expect(session.status).toBe("open");
  inside(element, "rd-conversation-pane").shadowRoot!.querySelector<HTMLElement>("rd-long-thread")?.focus();
  await userEvent.keyboard("e");
  await vi.waitFor(() => expect(session.status).toBe("closed"));
});

test("F6 goes round rail, list, conversation, composer and panel, and back with Shift", async () => {
  const { element } = await shown("Hello");
  await open(element);
  const seen: (string | undefined)[] = [];
  for (let i = 0; i < 5; i++) {
    await userEvent.keyboard("{F6}");
    seen.push(element.shadowRoot?.activeElement?.localName + " " + focus());
  }
  expect(seen).toEqual([
    "rd-customer-panel div",
    "rd-rail button",
    "rd-conversation-list rd-conversation-row",
    "rd-conversation-pane div",
    "rd-conversation-pane textarea",
  ]);
  await userEvent.keyboard("{Shift>}{F6}{/Shift}");
  expect(focus()).toBe("div");
});

test("Escape goes back to the row one came from", async () => {
  const { element } = await shown("Hello", "Good morning");
  await open(element, 1);
  await userEvent.keyboard("{Escape}");
  expect(inside(element, "rd-conversation-list").shadowRoot?.activeElement).toBe(rows(element)[1]);
});

test("the panel that slides over takes the focus and gives it back", async () => {
  await page.viewport(1000, 700);
  const { element } = await shown("Hello");
  await open(element);
  const about = inside(inside(inside(element, "rd-conversation-pane"), "rd-conversation-head"), ".about");
  about.click();
  await vi.waitFor(() => expect(element.shadowRoot?.activeElement?.localName).toBe("rd-customer-panel"));
  expect(about.ariaExpanded).toBe("true");
  await userEvent.keyboard("{Escape}");
  await vi.waitFor(() => expect(about.matches(":focus")).toBe(true));
  expect(about.ariaExpanded).toBe("false");
});

test("on a phone there is one pane at a time, and Back leads to the row", async () => {
  await page.viewport(390, 800);
  const { element } = await shown("Hello");
  await open(element);
  expect(inside(element, "rd-conversation-list").checkVisibility()).toBe(false);
  inside(inside(inside(element, "rd-conversation-pane"), "rd-conversation-head"), ".back").click();
  await vi.waitFor(() => expect(focus()).toBe("rd-conversation-row"));
  expect(element.shadowRoot?.querySelector("rd-conversation-pane")).toBeNull();
});

test("who leaves a conversation does not look at it any more", async () => {
  const { element, desk, chats } = await shown("Hello", "Good morning");
  const left = vi.spyOn(desk, "release");
  await open(element, 0);
  rows(element)[1]?.click();
  await vi.waitFor(() => expect(left).toHaveBeenCalledTimes(1));
  expect(chats.map(({ id }) => id)).toContain(left.mock.calls[0]?.[0]);
});

test("when the customer's panel throws, an apology stands there and the conversation goes on", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { element, desk } = await shown("Hello");
  const answer = desk.customerPanel;
  // A date no desk sends: drawing it throws.
  vi.spyOn(desk, "customerPanel").mockImplementation(async (id) => ({ ...(await answer(id)), since: NaN }));
  await open(element);
  const thrown = inside(element, "rd-customer-panel");
  await vi.waitFor(() => expect(thrown.shadowRoot?.textContent).toContain("This part could not be shown."));
  expect(inside(element, "rd-conversation-pane").shadowRoot?.querySelector("rd-long-thread")).not.toBeNull();
});
