import { describe, expect, test } from "vitest";
import type { ConversationCommand } from "#protocol/conversation.ts";
import { ana, ben } from "../testing/people.ts";
import { Talk } from "../testing/talk.ts";
import { repeats } from "./repeat.ts";

const clientId = "00000000-0000-4000-b000-000000000001";

describe("a key that comes again", () => {
  const talk = new Talk();
  const said = talk.say(ana, "Hello");
  const edit = { type: "message.edit", messageId: said.id, version: 1, body: "Hello!" } as const;
  const edited = talk.do(ana, edit);
  const joined = talk.do(ben, { type: "conversation.join" });

  test("[CV2] the same command stands for the first event", () => {
    expect(repeats({ type: "message.send", clientId, body: "Hello" }, said)).toBe(true);
    expect(repeats({ ...edit, clientId }, edited)).toBe(true);
    expect(repeats({ type: "conversation.join", clientId }, joined)).toBe(true);
  });

  test.each<[string, ConversationCommand]>([
    ["another text", { type: "message.send", clientId, body: "Goodbye" }],
    ["the same text as a note", { type: "note.post", clientId, body: "Hello" }],
    ["another kind of command", { type: "conversation.close", clientId }],
  ])("[CV3] with %s it is another content", (_, command) => expect(repeats(command, said)).toBe(false));

  test("[CV3] an edit of another message or version, or with another text, is another content", () => {
    expect(repeats({ ...edit, clientId, messageId: clientId }, edited)).toBe(false);
    expect(repeats({ ...edit, clientId, version: 2 }, edited)).toBe(false);
    expect(repeats({ ...edit, clientId, body: "Bye" }, edited)).toBe(false);
  });

  test("[CV2] a text that is gone cannot be compared, and the key is taken at its word", () => {
    const gone = { ...said, type: "message.posted", body: null } as const;
    expect(repeats({ type: "message.send", clientId, body: "Hello" }, gone)).toBe(true);
  });
});
