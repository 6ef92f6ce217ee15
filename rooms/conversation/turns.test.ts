import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { settled } from "../testing/manual-clock.ts";
import { Stage } from "../testing/stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
});

describe("the output gate", () => {
  test("[DL8] [I4] nothing is told or acknowledged before it is kept", async () => {
    const letGo = stage.log.faults.hold();
    let answer: unknown;
    void stage.say(stage.ana, "hello").then((given) => (answer = given));
    await settled();
    expect(answer).toBeUndefined();
    expect(stage.told).toEqual({ staff: [], customer: [] });
    letGo();
    await settled();
    expect(answer).toMatchObject({ ok: true, seq: 2 });
    expect(stage.texts("customer")).toEqual(["hello"]);
  });

  test("[CV1] answers and frames keep the order of the sends, and numbers have no holes", async () => {
    const answers = await Promise.all(["1", "2", "3", "4", "5"].map((body) => stage.say(stage.ana, body)));
    expect(answers.map((answer) => answer.ok && answer.seq)).toEqual([2, 3, 4, 5, 6]);
    expect(stage.texts("staff")).toEqual(["1", "2", "3", "4", "5"]);
  });

  test("[CV12] frames chain for each side, past notes that only one side sees", async () => {
    await stage.say(stage.ana, "hello");
    await stage.run(stage.ben, { type: "note.post", clientId: randomUUID(), body: "careful" });
    await stage.say(stage.ana, "anybody?");
    expect(stage.told.staff.map(({ after, event }) => [after, event.seq])).toEqual([[1, 2], [2, 3], [3, 4]]); // prettier-ignore
    expect(stage.told.customer.map(({ after, event }) => [after, event.seq])).toEqual([[1, 2], [2, 4]]); // prettier-ignore
    expect(stage.texts("customer")).toEqual(["hello", "anybody?"]);
  });

  test("[CV15] a clock that is set back does not take the conversation back in time", async () => {
    const before = await stage.say(stage.ana, "now");
    stage.clock.setWall(1000);
    const after = await stage.say(stage.ana, "then?");
    expect(after.ok && before.ok && after.at).toBe(before.ok && before.at);
  });
});

describe("the same key again", () => {
  test("[CV2] is answered with the first result and changes nothing, also by another actor", async () => {
    const clientId = randomUUID();
    const first = await stage.say(stage.ana, "once", clientId);
    expect(await stage.say(stage.ana, "once", clientId)).toEqual(first);
    stage.actor = stage.newActor();
    await stage.actor.admit(stage.ana);
    expect(await stage.say(stage.ana, "once", clientId)).toEqual(first);
    expect(stage.desk.kept(stage.conversationId)).toEqual(["once"]);
  });

  test("[CV3] with another text is refused, also by another actor", async () => {
    const clientId = randomUUID();
    await stage.say(stage.ana, "once", clientId);
    expect(await stage.say(stage.ana, "twice", clientId)).toEqual({ ok: false, code: "key_reused" });
    stage.actor = stage.newActor();
    expect(await stage.say(stage.ana, "twice", clientId)).toEqual({ ok: false, code: "key_reused" });
    expect(stage.desk.kept(stage.conversationId)).toEqual(["once"]);
  });

  test("[CV2] by another person is another key", async () => {
    const clientId = randomUUID();
    await stage.say(stage.ana, "mine", clientId);
    expect(await stage.say(stage.ben, "mine too", clientId)).toMatchObject({ ok: true });
  });

  test("[CV2] a resend of what was kept is acknowledged although the conversation has closed since", async () => {
    const clientId = randomUUID();
    const first = await stage.say(stage.ana, "in time", clientId);
    await stage.run(stage.ben, { type: "conversation.close", clientId: randomUUID() });
    stage.actor = stage.newActor(); // so that the key is not in memory
    expect(await stage.say(stage.ana, "in time", clientId)).toEqual(first);
    expect(await stage.say(stage.ana, "too late")).toEqual({ ok: false, code: "conversation_closed" });
  });

  test("[CV2] a resent edit is not a version conflict with itself", async () => {
    const said = await stage.say(stage.ana, "helo");
    const edit = { type: "message.edit", clientId: randomUUID(), messageId: said.ok ? said.id : "", version: 1, body: "hello" } as const; // prettier-ignore
    const first = await stage.run(stage.ana, edit);
    stage.actor = stage.newActor();
    expect(await stage.run(stage.ana, edit)).toEqual(first);
    expect(await stage.run(stage.ana, { ...edit, body: "hullo" })).toEqual({ ok: false, code: "key_reused" });
    const late = { ...edit, clientId: randomUUID() };
    expect(await stage.run(stage.ana, late)).toEqual({ ok: false, code: "version_conflict" });
  });
});

describe("a log that fails", () => {
  test("lost before it was kept: unavailable, told to nobody, and the resend is kept once", async () => {
    const clientId = randomUUID();
    stage.log.faults.loseNext();
    expect(await stage.say(stage.ana, "hello", clientId)).toEqual({ ok: false, code: "unavailable" });
    expect(stage.texts("customer")).toEqual([]);
    expect(await stage.say(stage.ana, "hello", clientId)).toMatchObject({ ok: true, seq: 2 });
    expect(stage.texts("customer")).toEqual(["hello"]);
  });

  test("[I1] [I3] kept but its answer lost: unavailable, and the resend is acknowledged with the first number", async () => {
    const clientId = randomUUID();
    stage.log.faults.loseNextAnswer();
    expect(await stage.say(stage.ana, "hello", clientId)).toEqual({ ok: false, code: "unavailable" });
    expect(await stage.say(stage.ana, "hello", clientId)).toMatchObject({ ok: true, seq: 2 });
    expect(stage.desk.kept(stage.conversationId)).toEqual(["hello"]);
  });

  test("[CV1] after an unknown outcome the state is read again: the next message gets the next number and both are told in order", async () => {
    stage.log.faults.loseNextAnswer();
    await stage.say(stage.ana, "perhaps");
    expect(await stage.say(stage.ben, "surely")).toMatchObject({ ok: true, seq: 4 }); // 3: Ben joined by writing
    expect(stage.texts("customer")).toEqual(["perhaps", "surely"]);
    expect(stage.told.customer.map(({ after }) => after)).toEqual([1, 2, 3]);
  });

  test("[CV1] what was kept without an answer is told without anybody asking again", async () => {
    stage.log.faults.loseNextAnswer();
    await stage.say(stage.ana, "perhaps");
    await stage.actor.tend();
    expect(stage.texts("staff")).toEqual(["perhaps"]);
  });

  test("[DL3] a head that has moved under the actor is read again and decided on again", async () => {
    const other = stage.newActor({ tell: () => undefined, headerChanged: () => undefined, lost: () => undefined });
    await other.admit(stage.ben);
    await other.run(stage.ben.person, { type: "note.post", clientId: randomUUID(), body: "by another" });
    const found = stage.desk.memory.conversations.get(stage.conversationId);
    if (!found) throw new Error("no conversation");
    stage.desk.memory.conversations.set(stage.conversationId, { ...found, epoch: 1 }); // ours again, without our knowing
    expect(await stage.say(stage.ana, "hello")).toMatchObject({ ok: true, seq: 3 });
    expect(stage.texts("staff")).toEqual(["by another", "hello"]);
  });

  test("a fault is thrown to whoever asked, and the next turn is taken", async () => {
    const broken = stage.log.append.bind(stage.log);
    stage.log.append = () => Promise.reject(new TypeError("a bug"));
    await expect(stage.say(stage.ana, "one")).rejects.toThrow("a bug");
    stage.log.append = broken;
    expect(await stage.say(stage.ana, "two")).toMatchObject({ ok: true, seq: 2 });
  });
});
