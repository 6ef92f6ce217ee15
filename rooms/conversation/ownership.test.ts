import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { settled } from "../testing/manual-clock.ts";
import { Stage } from "../testing/stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
});

const deaf = { tell: () => undefined, headerChanged: () => undefined, lost: () => undefined };

test("[DL5] a conversation is claimed once, before the first turn, however many come at once", async () => {
  const actor = stage.newActor(deaf);
  await Promise.all([actor.admit(stage.ana), actor.admit(stage.ben), actor.run(stage.ana.person, send("hi"))]);
  expect(stage.desk.memory.conversations.get(stage.conversationId)?.epoch).toBe(2); // the stage's own actor was the first
});

test("making an actor that nobody comes to claims nothing", async () => {
  const actor = stage.newActor(deaf);
  await actor.stop();
  expect(stage.desk.memory.conversations.get(stage.conversationId)?.epoch).toBe(1);
});

test("a claim that fails is tried again by the next who comes", async () => {
  const actor = stage.newActor(deaf);
  stage.log.faults.down = true;
  expect(await actor.admit(stage.ana)).toEqual({ ok: false, code: "unavailable" });
  stage.log.faults.down = false;
  expect(await actor.admit(stage.ana)).toBeUndefined();
});

describe("[DL1] [I11] an owner who was overtaken", () => {
  test("is fenced by the log: it tells nobody, answers moved, and closes everything once", async () => {
    await stage.newActor(deaf).admit(stage.ben);
    expect(await stage.say(stage.ana, "to the old one")).toEqual({ ok: false, code: "moved" });
    expect(stage.told).toEqual({ staff: [], customer: [] });
    expect(stage.losses).toBe(1);
    expect(stage.desk.kept(stage.conversationId)).toEqual([]);
    expect(await stage.say(stage.ana, "again")).toEqual({ ok: false, code: "moved" });
    expect(stage.losses).toBe(1);
  });

  test("finds out by the heart, within two seconds, without being asked anything", async () => {
    await stage.newActor(deaf).admit(stage.ben);
    await stage.clock.pass(2000);
    expect(stage.losses).toBe(1);
  });

  test("[I11] does not claim back after an unknown outcome", async () => {
    stage.log.faults.loseNext();
    await stage.say(stage.ana, "lost");
    const other = stage.newActor(deaf);
    await other.admit(stage.ben);
    expect(await stage.say(stage.ana, "lost")).toEqual({ ok: false, code: "moved" });
    expect(await other.run(stage.ben.person, send("mine now"))).toMatchObject({ ok: true });
  });

  test("[I12] that stood still after the commit neither acknowledges nor tells until it is verified, and then not at all", async () => {
    const append = stage.log.append.bind(stage.log);
    stage.log.append = async (given) => {
      const appended = await append(given);
      stage.clock.freeze(10_000); // committed; the process is stopped before it reads the answer
      await stage.newActor(deaf).admit(stage.ben); // and another takes over
      return appended;
    };
    expect(await stage.say(stage.ana, "kept, but no longer ours to tell")).toEqual({ ok: false, code: "moved" });
    expect(stage.told).toEqual({ staff: [], customer: [] });
  });
});

test("[I12] nor is a resend acknowledged by an owner who was overtaken in a pause, though it remembers the key", async () => {
  const clientId = randomUUID();
  await stage.say(stage.ana, "once", clientId);
  await stage.newActor(deaf).admit(stage.ben);
  stage.clock.freeze(10_000);
  expect(await stage.say(stage.ana, "once", clientId)).toEqual({ ok: false, code: "moved" });
});

test("a doubt is cleared by one claim, not by one for each turn after it", async () => {
  stage.log.faults.loseNextAnswer();
  for (const body of ["perhaps", "surely", "and on"]) await stage.say(stage.ana, body);
  expect(stage.desk.memory.conversations.get(stage.conversationId)?.epoch).toBe(2);
});

test("[I12] a pause without a take-over only delays: kept, verified, told, acknowledged", async () => {
  const append = stage.log.append.bind(stage.log);
  stage.log.append = async (given) => {
    const appended = await append(given);
    stage.clock.freeze(10_000);
    return appended;
  };
  expect(await stage.say(stage.ana, "late")).toMatchObject({ ok: true, seq: 2 });
  expect(stage.texts("customer")).toEqual(["late"]);
});

test("[I12] a pause that cannot be verified because the store is away: unavailable, and told when it is back", async () => {
  const clientId = randomUUID();
  const append = stage.log.append.bind(stage.log);
  stage.log.append = async (given) => {
    const appended = await append(given);
    stage.clock.freeze(10_000);
    stage.log.faults.down = true;
    return appended;
  };
  expect(await stage.say(stage.ana, "kept", clientId)).toEqual({ ok: false, code: "unavailable" });
  expect(stage.texts("customer")).toEqual([]);
  stage.log.append = append;
  stage.log.faults.down = false;
  expect(await stage.say(stage.ana, "kept", clientId)).toMatchObject({ ok: true, seq: 2 });
  expect(stage.texts("customer")).toEqual(["kept"]);
  expect(stage.desk.kept(stage.conversationId)).toEqual(["kept"]);
});

test("[I12] that stood still while it read what it had missed tells none of it until it is verified", async () => {
  stage.log.faults.loseNextAnswer();
  await stage.say(stage.ana, "kept without an answer");
  const since = stage.log.since.bind(stage.log);
  stage.log.since = async (...asked) => {
    const read = await since(...asked);
    stage.clock.freeze(10_000);
    await stage.newActor(deaf).admit(stage.ben);
    return read;
  };
  expect(await stage.say(stage.ana, "and on")).toEqual({ ok: false, code: "moved" });
  expect(stage.told).toEqual({ staff: [], customer: [] });
});

test("stopping gives the conversation up after the turns that had begun", async () => {
  const letGo = stage.log.faults.hold();
  const answer = stage.say(stage.ana, "last words");
  const stopped = stage.actor.stop();
  await settled();
  expect(stage.desk.memory.conversations.get(stage.conversationId)?.ownerNode).toBe("node");
  letGo();
  expect(await answer).toMatchObject({ ok: true });
  await stopped;
  expect(stage.desk.memory.conversations.get(stage.conversationId)?.ownerNode).toBeNull();
});

test("stopping while the log is away ends all the same: whoever comes next claims it either way", async () => {
  stage.log.faults.down = true;
  await stage.actor.stop();
  stage.log.faults.down = false;
  expect(await stage.newActor(deaf).admit(stage.ben)).toBeUndefined();
});

test("a retiring actor ends what was begun and refuses what is new", async () => {
  const letGo = stage.log.faults.hold();
  const begun = stage.say(stage.ana, "begun");
  await settled();
  const retired = stage.actor.retire();
  expect(await stage.say(stage.ana, "new")).toEqual({ ok: false, code: "moved" });
  letGo();
  await retired;
  expect(await begun).toMatchObject({ ok: true });
});

const send = (body: string) => ({ type: "message.send", clientId: randomUUID(), body }) as const;
