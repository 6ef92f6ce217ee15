import { html } from "lit";
import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { drawn, expectAccessible, inside, mount } from "#client-ui/testing/stage.ts";
import { staffedDesk } from "../testing/staffed-desk.ts";
import type { RdConversationPane } from "./conversation-pane.component.ts";
import "./define.ts";

async function opened(...texts: string[]) {
  const { desk, customer, ...rest } = await staffedDesk();
  const theirs = await customer(...texts);
  const session = desk.conversation(theirs.id);
  await vi.waitFor(() => expect(session.isLoading).toBe(false));
  const pane = await mount<RdConversationPane>(
    html`<rd-conversation-pane style="block-size:600px" .session=${session} .user=${desk.user}></rd-conversation-pane>`,
  );
  return { desk, session, pane, theirs: theirs.chat, id: theirs.id, customer, ...rest };
}
const field = (pane: RdConversationPane) => inside<HTMLTextAreaElement>(inside(pane, "rd-desk-composer"), "textarea");
const head = (pane: RdConversationPane) => inside(pane, "rd-conversation-head");
const bubbles = (pane: RdConversationPane) =>
  [...(pane.thread?.shadowRoot?.querySelectorAll("rd-message-bubble") ?? [])].map(
    (bubble) => bubble.shadowRoot?.textContent?.replace(/\s+/g, " ").trim() ?? "",
  );

test("it is accessible: open, closed, and what cannot be shown", async () => {
  const { pane, session, desk } = await opened("Hello", "Are the bowls back?");
  await expectAccessible(pane);
  await session.close();
  await drawn(pane);
  await expectAccessible(pane);
  pane.session = desk.conversation("01890000-0000-7000-8000-000000000000");
  await vi.waitFor(() => expect(pane.shadowRoot?.querySelector(".stopped")).not.toBeNull());
  await expectAccessible(pane);
  await page.viewport(480, 700);
});

test("what is written goes to the customer, and their answer appears", async () => {
  const { pane, theirs } = await opened("Hello");
  await userEvent.fill(field(pane), "It leaves tomorrow.");
  await userEvent.keyboard("{Enter}");
  await vi.waitFor(() => expect(theirs.messages.at(-1)).toMatchObject({ body: "It leaves tomorrow." }));
  await theirs.sendMessage("Thank you");
  await vi.waitFor(() => expect(bubbles(pane).at(-1)).toContain("Thank you"));
});

test("[I6] a note stays on our side of the desk", async () => {
  const { pane, theirs } = await opened("Hello");
  await userEvent.click(inside(inside(pane, "rd-desk-composer"), ".modes button:last-child"));
  await userEvent.fill(field(pane), "Third one from this batch.");
  await userEvent.keyboard("{Enter}");
  await vi.waitFor(() => expect(bubbles(pane).at(-1)).toContain("Third one from this batch."));
  expect(theirs.messages.some((line) => "body" in line && line.body?.includes("batch"))).toBe(false);
});

test("a note that was begun does not come back as a reply", async () => {
  const { pane, session, desk } = await opened("Hello");
  await userEvent.click(inside(inside(pane, "rd-desk-composer"), ".modes button:last-child"));
  await userEvent.fill(field(pane), "Between us");
  const again = await mount<RdConversationPane>(
    html`<rd-conversation-pane .session=${session} .user=${desk.user}></rd-conversation-pane>`,
  );
  expect(field(again).value).toBe("Between us");
  expect(inside(inside(again, "rd-desk-composer"), ".as-note")).not.toBeNull();
});

test("[I11] closing says so, leaves the conversation where it is, and notes can still be written; reopening undoes it", async () => {
  const { pane, session } = await opened("Hello");
  const turn = inside(head(pane), ".turn");
  turn.focus();
  turn.click();
  await vi.waitFor(() => expect(session.status).toBe("closed"));
  await drawn(pane);
  expect(inside(pane, ".closed").textContent).toContain("This conversation is closed.");
  expect(inside(pane, "rd-desk-composer").shadowRoot?.querySelector(".modes")).toBeNull();
  expect(bubbles(pane)).toHaveLength(1);
  expect(head(pane).shadowRoot?.activeElement).toBe(turn);
  turn.click();
  await vi.waitFor(() => expect(session.status).toBe("open"));
});

test("joining and leaving are one button", async () => {
  const { pane, session } = await opened("Hello");
  const word = () => head(pane).shadowRoot?.querySelector(".button:not(.back, .turn, .about)")?.textContent?.trim();
  expect(word()).toBe("Join");
  await session.join();
  await vi.waitFor(() => expect(word()).toBe("Leave"));
});

test("another conversation in its place is followed in the head as well", async () => {
  const { pane, desk, customer } = await opened("Hello");
  const { id, chat } = await customer("Good morning");
  pane.session = desk.conversation(id);
  await vi.waitFor(() => expect(bubbles(pane)).toEqual([expect.stringContaining("Good morning")]));
  await pane.session.close();
  await vi.waitFor(() => expect(head(pane).shadowRoot?.textContent).toContain("Reopen"));
  expect(chat.conversationId).toBe(id);
});

test("a refusal stands at the composer, in words", async () => {
  const { pane, session } = await opened("Hello");
  vi.spyOn(session, "sendMessage").mockResolvedValue({ refused: "too_fast" });
  await userEvent.fill(field(pane), "Quick");
  await userEvent.keyboard("{Enter}");
  await vi.waitFor(() => expect(inside(pane, "rd-desk-composer").shadowRoot?.textContent).toContain("One moment"));
});
