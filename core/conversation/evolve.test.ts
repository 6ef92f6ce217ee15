import { describe, expect, test } from "vitest";
import { ana, ben, dee } from "../testing/people.ts";
import { Talk } from "../testing/talk.ts";
import { newConversation } from "./conversation.ts";
import { evolve } from "./evolve.ts";

const busy = () => {
  const talk = new Talk();
  talk.say(ana, "Hello");
  talk.say(ben, "Hi");
  talk.do(dee, { type: "conversation.join" });
  talk.do(ben, { type: "conversation.leave" });
  talk.do(dee, { type: "note.post", body: "hm" });
  talk.do(dee, { type: "conversation.close" });
  talk.do(ana, { type: "conversation.reopen" });
  return talk;
};

describe("the conversation after its events", () => {
  test("[CV1] knows its heads, its status, its last time and who joined", () => {
    const { conversation } = busy();
    expect(conversation).toMatchObject({ status: "open", head: 9, publicHead: 9, lastAt: 1000 });
    expect([...conversation.members.values()].map(({ name, joined }) => [name, joined])).toEqual([
      ["Ana", true],
      ["Ben", false],
      ["Dee", true],
    ]);
  });

  test("[CV13] an event folded twice changes nothing, not even one whose effect was undone since", () => {
    const { conversation, events } = busy();
    for (const event of events) expect(evolve(conversation, event)).toBe(conversation);
  });

  test("[CV13] folding again from the beginning gives the same conversation", () => {
    const { conversation, events } = busy();
    expect(events.reduce(evolve, newConversation(conversation.id, ana.id, ana.name))).toEqual(conversation);
  });

  test("an evolved conversation leaves the earlier one as it was", () => {
    const talk = busy();
    const before = structuredClone(talk.conversation);
    const now = talk.conversation;
    talk.do(ben, { type: "conversation.join" });
    expect(now).toEqual(before);
  });
});
