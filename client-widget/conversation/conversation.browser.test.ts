import { html } from "lit";
import { expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { emit } from "#client-ui/events.ts";
import { drawn, expectAccessible, inside, mount } from "#client-ui/testing/stage.ts";
import { problemOf } from "#client-sdk/problem.ts";
import { Drafts } from "../drafts.ts";
import { afternoon, headerWith, mine, minute, RehearsedChat, theirs, turn } from "../testing/rehearsal.ts";
import { button, find, focused, wordsOf } from "../testing/stage.ts";
import type { RdConversation } from "./conversation.component.ts";
import "#client-ui/avatar/define.ts";
import "#client-ui/skeleton-rows/define.ts";
import "./define.ts";

const talk = (more: ConstructorParameters<typeof RehearsedChat>[0] = {}) =>
  new RehearsedChat({
    header: headerWith("Priya"),
    messages: [
      turn("opened"),
      mine("Hello! One mug came cracked.", afternoon, { state: "read" }),
      theirs("I am sorry. I can send a new one.", afternoon + minute),
      mine("A new one please.", afternoon + 2 * minute),
    ],
    ...more,
  });

async function shown(chat = talk(), drafts = freshDrafts()): Promise<RdConversation> {
  const what = html`<rd-conversation .chat=${chat} .drafts=${drafts}></rd-conversation>`;
  const element = await mount<RdConversation>(what, { widget: true, width: 372 });
  element.style.cssText = "display:flex;block-size:560px";
  await drawn(element);
  return element;
}
let made = 0;
const freshDrafts = () => new Drafts(`garden-${++made}`);
const field = (element: Element) => find<HTMLTextAreaElement>(element, "textarea");
async function write(element: Element, text: string): Promise<void> {
  await userEvent.click(await field(element));
  await userEvent.fill(await field(element), text);
}

test("it is accessible while one talks, before the first word, when it is closed, and when it cannot go on", async () => {
  await expectAccessible(await shown());
  await expectAccessible(await shown(new RehearsedChat({ conversationId: null })));
  await expectAccessible(await shown(talk({ status: "closed", notice: "outbox_not_persistent" })));
  await expectAccessible(await shown(talk({ error: problemOf("not_signed_in") })));
  await expectAccessible(await shown(talk({ error: problemOf("not_found"), messages: [] })));
});

test("what is written goes to the session, and the field is free again", async () => {
  const chat = talk();
  const element = await shown(chat);
  await write(element, "And please use the side door.");
  await userEvent.keyboard("{Enter}");
  expect(chat.asked).toContainEqual(["sendMessage", "And please use the side door."]);
  expect((await field(element)).value).toBe("");
});

test("a text that is refused stands in the field again, under the reason", async () => {
  const chat = talk();
  chat.answer = { refused: "unreadable_text" };
  const element = await shown(chat);
  await write(element, "Zalgo");
  await userEvent.keyboard("{Enter}");
  await expect.poll(async () => (await field(element)).value).toBe("Zalgo");
  expect(wordsOf(element)).toContain("This text contains characters that cannot be shown.");
  chat.answer = undefined;
  await write(element, "Hello");
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => wordsOf(element)).not.toContain("cannot be shown");
});

test("a message is edited in the composer, and a refused edit is given back with its text", async () => {
  const chat = talk();
  const element = await shown(chat);
  const line = chat.messages.at(-1);
  emit(inside(element, "rd-thread"), "rd-edit", { id: line?.key ?? "", body: "A new one please." });
  await expect.poll(async () => (await field(element)).value).toBe("A new one please.");
  chat.answer = { refused: "message_deleted" };
  await write(element, "A new one, and a bowl.");
  await userEvent.keyboard("{Enter}");
  expect(chat.asked).toContainEqual(["editMessage", line?.key, "A new one, and a bowl."]);
  await expect.poll(() => wordsOf(element)).toContain("This message was deleted.");
  expect((await field(element)).value).toBe("A new one, and a bowl.");
});

test("retry, discard and delete are asked of the session; who types is told to it", async () => {
  const failed = mine("No.", afternoon, { state: "failed", problem: "conversation_closed", mayRetry: true, id: "" });
  const chat = talk({ messages: [failed] });
  const element = await shown(chat);
  (await button(element, "Retry")).click();
  (await button(element, "Discard")).click();
  emit(inside(element, "rd-thread"), "rd-delete", { id: "m9" });
  await write(element, "…");
  expect(chat.asked).toEqual(
    expect.arrayContaining([
      ["retry", failed.key],
      ["discard", failed.key],
      ["deleteMessage", "m9"],
      ["typing", true],
    ]),
  );
});

test("a draft is kept over a reload, each conversation its own", async () => {
  const drafts = freshDrafts();
  const element = await shown(talk(), drafts);
  await write(element, "I was about to");
  element.remove();
  expect((await field(await shown(talk(), drafts))).value).toBe("I was about to");
  expect((await field(await shown(talk({ conversationId: "c2" }), drafts))).value).toBe("");
});

test("what is typed while the desk gives a new conversation its id stays in the field and is its draft", async () => {
  const drafts = freshDrafts();
  const chat = new RehearsedChat({ conversationId: null });
  const element = await shown(chat, drafts);
  await write(element, "One more thing");
  chat.change({ conversationId: "c7", messages: [mine("Hello")] });
  await element.updateComplete;
  expect((await field(element)).value).toBe("One more thing");
  expect([drafts.read("c7"), drafts.read(null)]).toEqual(["One more thing", ""]);
});

test("a text from the page is put after what was written already", async () => {
  const drafts = freshDrafts();
  const element = await shown(talk(), drafts);
  await write(element, "Good morning.");
  drafts.add("c1", "I have a question about the mugs: ");
  element.prefills += 1;
  await expect.poll(async () => (await field(element)).value).toBe("Good morning.\nI have a question about the mugs: ");
});

test("[I7] nothing is marked read before the desk has said how far it was read, and the line of the new ones stays", async () => {
  const news = theirs("It leaves tomorrow.", afternoon + 5 * minute);
  const chat = talk({ header: null, unread: 1 });
  chat.messages = [...chat.messages, news];
  const element = await shown(chat);
  await expect.poll(() => wordsOf(element)).toContain("It leaves tomorrow.");
  expect(chat.asked.filter(([what]) => what === "markRead")).toEqual([]);
  chat.change({ header: headerWith("Priya"), firstUnreadKey: news.key });
  await expect.poll(() => chat.asked).toContainEqual(["markRead", news.key]);
  chat.change({ firstUnreadKey: null, unread: 0 });
  await expect.poll(() => wordsOf(element)).toContain("1 new");
});

test("what was written before the first page has come is on the screen", async () => {
  const kept = mine("Kept on this device.", afternoon, { state: "kept", id: "", seq: null });
  const element = await shown(new RehearsedChat({ isLoading: true, header: null, messages: [kept] }));
  expect(wordsOf(element)).toContain("Kept on this device.");
  const waiting = await shown(new RehearsedChat({ isLoading: true, header: null }));
  expect(waiting.shadowRoot?.querySelector("rd-skeleton-rows")).not.toBeNull();
});

test("a closed conversation can be taken up again, and one goes on writing", async () => {
  const chat = talk({ status: "closed" });
  const element = await shown(chat);
  expect(wordsOf(element)).toContain("This conversation is closed.");
  const reopened = Promise.withResolvers<{ clientId: string }>();
  chat.reopen = () => reopened.promise;
  (await button(element, "It is not solved, go on")).click();
  await expect.poll(() => wordsOf(element)).toContain("One moment");
  chat.change({ status: "open" });
  reopened.resolve({ clientId: "k" });
  await expect.poll(() => focused()?.localName).toBe("textarea");
});

test("a conversation that cannot go on says why, keeps what was written in sight, and leads to a new one", async () => {
  const chat = talk({ error: problemOf("not_signed_in"), connection: "offline" });
  const element = await shown(chat);
  let isAsked = false;
  element.addEventListener("widget-start-new", () => (isAsked = true));
  expect(wordsOf(element)).toContain("You are signed out here.");
  expect(wordsOf(element)).toContain("A new one please.");
  expect(wordsOf(element)).not.toContain("Offline");
  (await button(element, "Start a new conversation")).click();
  expect(isAsked).toBe(true);
});

test("connection and typing are said, and a notice until it is dismissed", async () => {
  const chat = talk({ connection: "offline", notice: "outbox_expired" });
  chat.typingUsers = [{ id: "p", name: "Priya", side: "staff", own: false }];
  const element = await shown(chat);
  expect(wordsOf(element)).toContain("Offline. What you write is kept.");
  expect(wordsOf(element)).toContain("Priya is writing");
  expect(wordsOf(element)).toContain("older than seven days");
  (await button(element, "All right")).click();
  await element.updateComplete;
  expect(wordsOf(element)).not.toContain("older than seven days");
});
