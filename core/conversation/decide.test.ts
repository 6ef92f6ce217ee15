import { describe, expect, test } from "vitest";
import { ada, ana, ben, carl, dee, sam } from "../testing/people.ts";
import { Talk, type Order } from "../testing/talk.ts";

const send = (body: string): Order => ({ type: "message.send", body });
const note = (body: string): Order => ({ type: "note.post", body });
const edit = (messageId: string, version: number, body = "changed"): Order => ({
  type: "message.edit",
  messageId,
  version,
  body,
});
const remove = (messageId: string, version: number): Order => ({ type: "message.delete", messageId, version });
const [join, leave, close, reopen] = [
  { type: "conversation.join" },
  { type: "conversation.leave" },
  { type: "conversation.close" },
  { type: "conversation.reopen" },
] as const satisfies Order[];

describe("numbers and times", () => {
  test("[CV1] events are numbered densely, and a refused command uses no number", () => {
    const talk = new Talk();
    talk.say(ana, "one");
    expect(talk.try(ana, send(" "))).toEqual({ refused: "empty_message" });
    talk.say(ben, "two");
    expect(talk.try(ben, join)).toEqual({ refused: "already_joined" });
    talk.do(ben, close);
    expect(talk.events.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5]);
    expect(talk.conversation.head).toBe(5);
  });

  test("[CV15] the time never goes back, whatever the clock does", () => {
    const talk = new Talk();
    talk.at = 5000;
    talk.say(ana, "one");
    talk.at = 1000;
    talk.say(ana, "two");
    talk.at = 5001;
    talk.say(ana, "three");
    expect(talk.events.map((event) => event.at)).toEqual([1000, 5000, 5000, 5001]);
  });

  test("[CV11] an agent who writes without having joined joins by it, before the message and in the same step", () => {
    const talk = new Talk();
    const step = talk.try(ben, send("Hi"));
    expect(step).toMatchObject([
      { seq: 2, type: "member.joined", name: "Ben", by: { side: "staff", id: ben.id } },
      { seq: 3, type: "message.posted", body: "Hi" },
    ]);
    expect(talk.try(ben, send("How can I help?"))).toHaveLength(1);
    expect(talk.try(dee, note("Mine?"))).toHaveLength(1);
  });

  test("[CV11] only the event that was asked for carries the key", () => {
    const talk = new Talk();
    const asked = talk.say(ben, "Hi");
    const joined = talk.events.find((event) => event.type === "member.joined")!;
    expect(joined.clientId).toBe(joined.id);
    expect(asked.clientId).not.toBe(joined.clientId);
  });
});

describe("open and closed", () => {
  test("[CV4] a closed conversation takes no message, edit or deletion by anybody", () => {
    const talk = new Talk();
    const hers = talk.say(ana, "one");
    const his = talk.say(ben, "two");
    talk.do(ben, close);
    for (const [who, order] of [
      [ana, send("three")],
      [ben, send("three")],
      [ada, send("three")],
      [ana, edit(hers.id, 1)],
      [ben, edit(his.id, 1)],
      [ana, remove(hers.id, 1)],
      [ada, remove(hers.id, 1)],
    ] as const)
      expect(talk.try(who, order), `${order.type} by ${who.name}`).toEqual({ refused: "conversation_closed" });
  });

  test("[CV4] notes are still taken, edited and deleted", () => {
    const talk = new Talk();
    talk.do(ben, close);
    const kept = talk.do(ben, note("He was angry"));
    talk.do(ben, edit(kept.id, 1));
    talk.do(ben, remove(kept.id, 2));
    expect(talk.events.map((event) => event.type).slice(2)).toEqual([
      "note.posted",
      "message.edited",
      "message.deleted",
    ]);
  });

  test("[CV5] closing is for staff; reopening is for staff and for the customer", () => {
    const talk = new Talk();
    expect(talk.try(ana, close)).toEqual({ refused: "forbidden" });
    talk.do(ben, close);
    expect(talk.conversation.status).toBe("closed");
    talk.do(ana, reopen);
    expect(talk.conversation.status).toBe("open");
    talk.do(dee, close);
    talk.do(ben, reopen);
    talk.say(ana, "Still there?");
  });

  test("[CV6] closing a closed conversation and reopening an open one are refused in words", () => {
    const talk = new Talk();
    expect(talk.try(ben, reopen)).toEqual({ refused: "already_open" });
    expect(talk.try(ana, reopen)).toEqual({ refused: "already_open" });
    talk.do(ben, close);
    expect(talk.try(dee, close)).toEqual({ refused: "already_closed" });
  });

  test("[CV18] joining twice and leaving without having joined are refused in words", () => {
    const talk = new Talk();
    expect(talk.try(ben, leave)).toEqual({ refused: "not_joined" });
    talk.do(ben, join);
    expect(talk.try(ben, join)).toEqual({ refused: "already_joined" });
    talk.do(ben, leave);
    expect(talk.try(ben, leave)).toEqual({ refused: "not_joined" });
    talk.do(ben, join);
  });
});

describe("edits and deletions", () => {
  test("[CV8] only the author edits; the author, a supervisor or an admin deletes", () => {
    const talk = new Talk();
    const hers = talk.say(ana, "one");
    const his = talk.say(ben, "two");
    for (const who of [ben, dee, sam, ada]) expect(talk.try(who, edit(hers.id, 1))).toEqual({ refused: "not_yours" });
    for (const who of [ben, dee]) expect(talk.try(who, remove(hers.id, 1))).toEqual({ refused: "not_yours" });
    expect(talk.try(ana, edit(his.id, 1))).toEqual({ refused: "not_yours" });
    expect(talk.try(ana, remove(his.id, 1))).toEqual({ refused: "not_yours" });
    talk.do(ana, edit(hers.id, 1));
    talk.do(sam, remove(hers.id, 2));
    talk.do(ada, remove(his.id, 1));
  });

  test("[CV9] an edit or deletion of a version that is not the newest is refused with version_conflict", () => {
    const talk = new Talk();
    const said = talk.say(ana, "one");
    expect(talk.do(ana, edit(said.id, 1, "One"))).toMatchObject({ version: 2, messageId: said.id, note: false });
    for (const stale of [edit(said.id, 1), remove(said.id, 1), edit(said.id, 3), remove(said.id, 3)])
      expect(talk.try(ana, stale)).toEqual({ refused: "version_conflict" });
    expect(talk.do(ana, remove(said.id, 2))).toMatchObject({ version: 3 });
  });

  test("[CV10] a deleted message is neither edited nor deleted again", () => {
    const talk = new Talk();
    const said = talk.say(ana, "one");
    talk.do(ana, remove(said.id, 1));
    expect(talk.try(ana, edit(said.id, 2))).toEqual({ refused: "message_deleted" });
    expect(talk.try(ada, remove(said.id, 2))).toEqual({ refused: "message_deleted" });
  });

  test("[TX2] [TX3] [TX4] the rules of texts hold for notes and edits too", () => {
    const talk = new Talk();
    const said = talk.say(ana, "one");
    for (const [text, refused] of [
      ["", "empty_message"],
      ["x".repeat(4001), "too_large"],
      ["\u0000", "unreadable_text"],
    ]) {
      expect(talk.try(ben, note(text!))).toEqual({ refused });
      expect(talk.try(ana, edit(said.id, 1, text))).toEqual({ refused });
    }
  });

  test("[CV7] a customer who names a note is told it does not exist, whatever they want with it", () => {
    const talk = new Talk();
    const kept = talk.do(ben, note("He is angry"));
    expect(talk.try(ana, edit(kept.id, 1))).toEqual({ refused: "not_found" });
    expect(talk.try(ana, remove(kept.id, 1))).toEqual({ refused: "not_found" });
    expect(talk.try(ana, note("mine"))).toEqual({ refused: "forbidden" });
  });

  test("[N16] a message of another conversation is not found, and nothing changes", () => {
    const [talk, other] = [new Talk(), new Talk()];
    talk.say(ana, "one");
    const foreign = { ...other.say(ana, "theirs"), id: "00000000-0000-4000-c000-000000000001" };
    expect(talk.try(ana, edit(foreign.id, 1))).toEqual({ refused: "not_found" });
    expect(talk.try(ada, remove(foreign.id, 1))).toEqual({ refused: "not_found" });
    expect(talk.conversation.head).toBe(2);
  });
});

describe("other people's conversations", () => {
  test("[CV16] [N12] to a customer a foreign conversation does not exist, whatever they ask of it", () => {
    const talk = new Talk();
    const said = talk.say(ana, "one");
    for (const order of [send("hi"), note("hi"), edit(said.id, 1), remove(said.id, 1), join, leave, close, reopen])
      expect(talk.try(carl, order), order.type).toEqual({ refused: "not_found" });
  });
});
