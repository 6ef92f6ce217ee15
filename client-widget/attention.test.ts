import { expect, test } from "vitest";
import { answering, Attention } from "./attention.ts";
import { afternoon, headerWith, mine, minute, RehearsedChat, theirs } from "./testing/rehearsal.ts";

function attended(...chats: RehearsedChat[]) {
  const heard: string[] = [];
  const attention = new Attention({
    changed: () => undefined,
    received: (id) => heard.push(`received in ${id}`),
    sent: (id) => heard.push(`sent in ${id}`),
  });
  for (const chat of chats) attention.attend(chat);
  return { attention, heard };
}

test("what was there when we came is no news; what comes and what is saved after that is", () => {
  const chat = new RehearsedChat({ isLoading: true });
  const { heard } = attended(chat);
  chat.change({ isLoading: false, messages: [mine("Hello"), theirs("Hi")] });
  expect(heard).toEqual([]);
  chat.change({ messages: [...chat.messages, theirs("And more")] });
  chat.change({ messages: [...chat.messages, mine("Thanks", afternoon, { seq: null, state: "sending", id: "" })] });
  expect(heard).toEqual(["received in c1"]);
  chat.change({ messages: [...chat.messages.slice(0, -1), mine("Thanks")] });
  expect(heard).toEqual(["received in c1", "sent in c1"]);
});

test("the first message of a new conversation is told when the desk has it", () => {
  const chat = new RehearsedChat({ conversationId: null });
  const { heard } = attended(chat);
  chat.change({ messages: [mine("Hello", afternoon, { seq: null, state: "sending", id: "" })] });
  expect(heard).toEqual([]);
  chat.change({ conversationId: "c9", messages: [mine("Hello")] });
  expect(heard).toEqual(["sent in c9"]);
});

test("the teaser is the newest unread message of all conversations, and none when all is read", () => {
  const old = new RehearsedChat({ conversationId: "old", unread: 1, messages: [theirs("Old news", afternoon)] });
  const news = new RehearsedChat({ conversationId: "new", unread: 1 });
  news.messages = [theirs("Good news", afternoon + minute), mine("I see", afternoon + 2 * minute)];
  const { attention } = attended(old, news);
  expect(attention.teaser).toMatchObject({ conversationId: "new", body: "Good news", by: { name: "Priya" } });
  news.change({ unread: 0 });
  expect(attention.teaser).toMatchObject({ conversationId: "old" });
  old.change({ unread: 0 });
  expect(attention.teaser).toBeNull();
});

test("a deleted message teases nobody", () => {
  const chat = new RehearsedChat({
    unread: 1,
    messages: [theirs("x", afternoon, "Priya", { body: null, deletedBy: "Priya" })],
  });
  expect(attended(chat).attention.teaser).toBeNull();
});

test("who answers is who joined last; when they have left, who wrote last; else nobody", () => {
  expect(answering(new RehearsedChat({ header: headerWith("Priya", "Ben") }))?.name).toBe("Ben");
  expect(
    answering(new RehearsedChat({ header: headerWith(), messages: [theirs("Hi", afternoon, "Priya")] }))?.name,
  ).toBe("Priya");
  expect(answering(new RehearsedChat({ messages: [mine("Hello")] }))).toBeUndefined();
});

test("nothing is heard any more of what was forgotten", () => {
  const chat = new RehearsedChat({ messages: [mine("Hello")] });
  const { attention, heard } = attended(chat);
  attention.forget();
  chat.change({ messages: [...chat.messages, theirs("Hi")] });
  expect([heard, attention.teaser, attention.faces.size]).toEqual([[], null, 0]);
});
