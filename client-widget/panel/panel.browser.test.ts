import { beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { drawn } from "#client-ui/testing/stage.ts";
import { headerWith, mine, RehearsedChat, RehearsedCustomer, theirs } from "../testing/rehearsal.ts";
import { button, deep, expectWidgetAccessible, find, focused, onPage, wordsOf } from "../testing/stage.ts";
import type { RoomdeskWidget } from "../widget.component.ts";
import "../app.ts";

beforeEach(() => page.viewport(1000, 700));

const talk = () =>
  new RehearsedChat({ unread: 1, header: headerWith("Priya"), messages: [mine("Hello"), theirs("Good morning")] });

/** In the conversation with the unread message. */
async function talking(chat = talk()): Promise<RoomdeskWidget> {
  const widget = await onPage(new RehearsedCustomer().add(chat));
  widget.open();
  await find(widget, "rd-conversation textarea, textarea");
  await drawn(widget);
  return widget;
}
const head = (widget: Element) => deep(widget, ".head")[0]?.textContent?.replace(/\s+/g, " ").trim() ?? "";

test("it is accessible: at the door, in a conversation, and on the way in", async () => {
  const widget = await talking();
  await expectWidgetAccessible(widget);
  const slow = await onPage(new RehearsedCustomer(), { arrive: () => new Promise(() => undefined) });
  slow.open();
  (await button(slow, "Send us a message")).click();
  await find(slow, "rd-skeleton-rows");
  await expectWidgetAccessible(slow);
});

test("straight to what is unread; the composer has the focus, and Back leads to the door", async () => {
  const widget = await talking();
  await expect.poll(() => focused()?.localName).toBe("textarea");
  (await button(widget, "Back")).click();
  await expect.poll(() => focused()?.textContent).toContain("Priya");
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => focused()?.localName).toBe("textarea");
});

test("the head says who answers and whether they are here, and nothing of it while the connection is down", async () => {
  const chat = talk();
  const widget = await talking(chat);
  expect(head(widget)).toContain("Priya Tidewater · here now");
  expect(deep(widget, ".dot.online")).toHaveLength(1);
  chat.change({ connection: "reconnecting" });
  await drawn(widget);
  expect(head(widget)).not.toContain("here now");
  expect(deep(widget, ".dot.online")).toEqual([]);
  chat.change({ connection: "back" });
  await drawn(widget);
  expect(head(widget)).toContain("here now");
});

test("F6 walks over head, thread and composer and around, backwards with Shift", async () => {
  await talking();
  await expect.poll(() => focused()?.localName).toBe("textarea");
  const at = () => focused()?.ariaLabel ?? focused()?.className;
  const stops: unknown[] = [];
  for (const keys of ["{F6}", "{F6}", "{F6}", "{Shift>}{F6}{/Shift}"]) {
    await userEvent.keyboard(keys);
    stops.push(at());
  }
  expect(stops).toEqual(["Back", "Conversation", "Write a message", "Conversation"]);
});

test("somebody who chooses before the session is there waits in the conversation, not at a dead button", async () => {
  const customer = new RehearsedCustomer();
  const coming = Promise.withResolvers<RehearsedCustomer>();
  const widget = await onPage(customer, { arrive: () => coming.promise });
  widget.open();
  (await button(widget, "Send us a message")).click();
  await find(widget, "rd-skeleton-rows");
  coming.resolve(customer);
  await find(widget, "textarea");
  await expect.poll(() => focused()?.localName).toBe("textarea");
  expect(wordsOf(widget)).toContain("Ask us anything");
});

test("who comes with the keyboard keeps the focus on the slow way in, and writes on at its end", async () => {
  const customer = new RehearsedCustomer();
  const coming = Promise.withResolvers<RehearsedCustomer>();
  const widget = await onPage(customer, { arrive: () => coming.promise });
  widget.open();
  await expect.poll(() => focused()?.textContent).toContain("Send us a message");
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => focused()?.ariaLabel).toBe("Back");
  coming.resolve(customer);
  await expect.poll(() => focused()?.localName).toBe("textarea");
});

test("the place is kept while the panel is closed", async () => {
  const widget = await talking();
  widget.close();
  await drawn(widget);
  widget.open();
  await expect.poll(() => wordsOf(widget)).toContain("Good morning");
});
