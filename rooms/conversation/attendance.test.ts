import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { Header, MemberHeader } from "#protocol/conversation.ts";
import type { Side } from "#protocol/people.ts";
import { Stage } from "../testing/stage.ts";
import { headerFor } from "./conversation-header.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
  stage.actor.attendance.enter(stage.ana.person);
});

const header = (side: Side): Header => headerFor(side, stage.actor.header);
const member = (id: string, side: Side = "staff"): MemberHeader | undefined =>
  header(side).members.find((one) => one.id === id);
const join = () => stage.run(stage.ben, { type: "conversation.join", clientId: randomUUID() });
const note = () => stage.run(stage.ben, { type: "note.post", clientId: randomUUID(), body: "careful" });

describe("who is here", () => {
  test("a person is online while at least one of their sockets is", () => {
    const { attendance } = stage.actor;
    attendance.enter(stage.ana.person);
    attendance.leave(stage.ana.person);
    expect(member(stage.ana.person.id)?.online).toBe(true);
    attendance.leave(stage.ana.person);
    expect(member(stage.ana.person.id)?.online).toBe(false);
  });

  test("[N17] an agent who looks on without having joined is shown to staff only, and is nobody to the customer", () => {
    stage.actor.attendance.enter(stage.ben.person);
    expect(header("staff").viewers).toEqual([{ id: stage.ben.person.id, name: "Ben" }]);
    expect(JSON.stringify(header("customer"))).not.toContain(stage.ben.person.id);
  });

  test("having joined, they are a member and no longer somebody who looks on; having left, they are not shown as online", async () => {
    stage.actor.attendance.enter(stage.ben.person);
    await join();
    expect(member(stage.ben.person.id, "customer")).toMatchObject({ joined: true, online: true, name: "Ben" });
    expect(header("staff").viewers).toEqual([]);
    await stage.run(stage.ben, { type: "conversation.leave", clientId: randomUUID() });
    expect(member(stage.ben.person.id, "customer")).toMatchObject({ joined: false, online: false });
    expect(header("staff").viewers).toEqual([{ id: stage.ben.person.id, name: "Ben" }]);
  });

  test("the workspace is told when the customer comes, types and goes", async () => {
    const { switchboard, desk, conversationId, actor, ana } = stage;
    const presence = () => switchboard.presenceOf(desk.orgId, conversationId);
    expect(presence()).toEqual({ customerOnline: true, customerTyping: false });
    actor.attendance.typing(ana.person.id, true);
    expect(presence()).toEqual({ customerOnline: true, customerTyping: true });
    actor.attendance.leave(ana.person);
    expect(presence()).toEqual({ customerOnline: false, customerTyping: false });
    actor.attendance.enter(ana.person);
    await actor.stop();
    expect(presence()).toEqual({ customerOnline: false, customerTyping: false });
  });
});

describe("who types", () => {
  const isTyping = () => member(stage.ana.person.id)?.typing;

  test("ends after six seconds without news, and every sign of life begins them anew", async () => {
    stage.actor.attendance.typing(stage.ana.person.id, true);
    await stage.clock.pass(5000);
    stage.actor.attendance.typing(stage.ana.person.id, true);
    await stage.clock.pass(5999);
    expect(isTyping()).toBe(true);
    await stage.clock.pass(1);
    expect(isTyping()).toBe(false);
  });

  test("ends with their message, with their word and with their last socket", async () => {
    const { attendance } = stage.actor;
    attendance.typing(stage.ana.person.id, true);
    await stage.say(stage.ana, "done");
    expect(isTyping()).toBe(false);
    attendance.typing(stage.ana.person.id, true);
    attendance.typing(stage.ana.person.id, false);
    expect(isTyping()).toBe(false);
    attendance.typing(stage.ana.person.id, true);
    attendance.leave(stage.ana.person);
    attendance.enter(stage.ana.person);
    expect(isTyping()).toBe(false);
  });

  test("nobody types who is not here, and an agent who has not joined does so unseen by the customer", () => {
    const before = stage.headers;
    stage.actor.attendance.typing("nobody", true);
    expect(stage.headers).toBe(before);
    stage.actor.attendance.enter(stage.ben.person);
    stage.actor.attendance.typing(stage.ben.person.id, true);
    expect(header("customer").members.some(({ typing }) => typing)).toBe(false);
  });
});

describe("how far everybody has got", () => {
  test("[CV17] read and delivered only grow and never pass the head", async () => {
    await stage.say(stage.ana, "one"); // 2
    await join(); // 3
    stage.actor.attendance.enter(stage.ben.person);
    const ben = () => member(stage.ben.person.id);
    stage.actor.read(stage.ben.person, 2);
    stage.actor.read(stage.ben.person, 1);
    stage.actor.delivered(stage.ben.person, 99);
    expect(ben()).toMatchObject({ read: 2, delivered: 3 });
    stage.actor.read(stage.ben.person, 2 ** 40);
    expect(ben()).toMatchObject({ read: 3, delivered: 3 });
  });

  test("[N17] the numbers a customer sees stop before a note that is the newest", async () => {
    await stage.say(stage.ben, "hello"); // 2 and 3
    await note(); // 4
    stage.actor.attendance.enter(stage.ben.person);
    stage.actor.read(stage.ben.person, 4);
    expect(member(stage.ben.person.id, "customer")).toMatchObject({ read: 3, delivered: 3 });
    expect(member(stage.ben.person.id, "staff")).toMatchObject({ read: 4 });
    expect(header("customer").head).toBe(3);
    expect(header("staff").head).toBe(4);
  });

  test("[CV17] a customer cannot read beyond what they may see", async () => {
    await note(); // 2
    stage.actor.read(stage.ana.person, 2);
    expect(member(stage.ana.person.id, "staff")?.read).toBe(1);
  });

  test("[I15] many reads of a moment are kept as one, the newest, and survive the actor", async () => {
    const kept: number[] = [];
    const read = stage.log.read.bind(stage.log);
    stage.log.read = (id, person, upTo) => {
      kept.push(upTo);
      return read(id, person, upTo);
    };
    await stage.say(stage.ana, "one");
    await stage.say(stage.ana, "two");
    for (const upTo of [1, 2, 3]) stage.actor.read(stage.ben.person, upTo);
    await stage.clock.pass(250);
    expect(kept).toEqual([3]);
    stage.actor = stage.newActor();
    await stage.actor.admit(stage.ben);
    expect(stage.actor.header.reads.get(stage.ben.person.id)).toBe(3);
  });

  test("reads wait while the store is away, and a conversation that ends keeps them first", async () => {
    await stage.say(stage.ana, "one");
    stage.log.faults.down = true;
    stage.actor.read(stage.ben.person, 2);
    await stage.clock.pass(250);
    expect(stage.actor.isIdle).toBe(false);
    stage.log.faults.down = false;
    await stage.actor.stop();
    expect(stage.desk.memory.conversations.get(stage.conversationId)?.reads.get(stage.ben.person.id)).toBe(2);
  });

  test("the workspace hears of a read number when it is kept, not before", async () => {
    const heard: unknown[] = [];
    const read = (...what: unknown[]) => void heard.push(what);
    stage.switchboard.listen(stage.desk.orgId, { changed: () => undefined, presence: () => undefined, read });
    await stage.say(stage.ana, "one");
    stage.actor.read(stage.ben.person, 2);
    expect(heard).toEqual([]);
    await stage.clock.pass(250);
    expect(heard).toEqual([[stage.conversationId, stage.ben.person.id, 2]]);
  });
});

describe("too fast", () => {
  test("[N28] a person's burst passes, then they are told how long to wait, and nobody else is", async () => {
    const answers = await Promise.all(Array.from({ length: 61 }, (_, i) => stage.say(stage.ana, `${i}`)));
    expect(answers.slice(0, 60).every((answer) => answer.ok)).toBe(true);
    expect(answers[60]).toEqual({ ok: false, code: "too_fast", retryInMs: 200 });
    expect(await stage.say(stage.ben, "calm")).toMatchObject({ ok: true });
    await stage.clock.pass(200);
    expect(await stage.say(stage.ana, "calmer")).toMatchObject({ ok: true });
  });

  test("[N5] a command whose person was signed out while it waited is not executed", async () => {
    const letGo = stage.log.faults.hold();
    const first = stage.say(stage.ben, "first");
    let isLive = true;
    const command = { type: "message.send", clientId: randomUUID(), body: "second" } as const;
    const second = stage.actor.run(stage.ana.person, command, () => isLive);
    isLive = false;
    letGo();
    expect(await first).toMatchObject({ ok: true });
    expect(await second).toEqual({ ok: false, code: "not_signed_in" });
    expect(stage.desk.kept(stage.conversationId)).toEqual(["first"]);
  });
});
