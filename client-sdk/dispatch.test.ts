import { describe, expect, test } from "vitest";
import type { ConversationCommand } from "#protocol/conversation.ts";
import { newKey } from "./courier.ts";
import { unreachable } from "./desk-request.ts";
import { memoryOutbox } from "./memory-outbox.ts";
import { outboxTtlMs } from "./outbox.ts";
import { manualWorld, settled } from "./testing/manual-world.ts";
import { ack, dispatching, garden, no, say, ScriptedDesk, shown } from "./testing/scripted-desk.ts";
import { sharedOutbox } from "./testing/shared-outbox.ts";

describe("sending", () => {
  test("[I2] it is on the device before it is shown, and shown before it is sent", async () => {
    const desk = new ScriptedDesk();
    const order: string[] = [];
    const outbox = memoryOutbox();
    const add = outbox.add.bind(outbox);
    outbox.add = async (row) => {
      const kept = await add(row);
      order.push("kept");
      return kept;
    };
    const post = desk.post;
    desk.post = async (...args) => {
      order.push("sent");
      return post(...args);
    };
    const { dispatch } = await dispatching(desk, { outbox });
    dispatch.attach(garden, { changed: () => order.push("shown"), send: () => undefined });
    await dispatch.add(garden, say("hello"));
    expect(order.slice(0, 3)).toEqual(["kept", "shown", "sent"]);
  });

  test("[I8] one after the other, in the order they were pressed, however often each takes", async () => {
    const desk = new ScriptedDesk();
    desk.answers = [undefined, no("unavailable"), ack(1), no("too_fast", 200), ack(2)];
    const { dispatch, world } = await dispatching(desk);
    await Promise.all(["one", "two", "three"].map((text) => dispatch.add(garden, say(text))));
    await world.clock.pass(10_000);
    expect(desk.posts).toEqual(["one", "one", "one", "two", "two", "three"]);
  });

  test("[I4] it is not saved before the ack, and its bubble stays until the event has come", async () => {
    const desk = new ScriptedDesk();
    desk.answers = [undefined];
    const { dispatch, world, outbox } = await dispatching(desk);
    dispatch.attach(garden, { changed: () => undefined, send: () => undefined });
    const hello = say("hello");
    await dispatch.add(garden, hello);
    await settled();
    expect(shown(dispatch)).toEqual([["hello", "queued"]]);
    await world.clock.pass(500);
    expect(shown(dispatch)).toEqual([["hello", "saved"]]);
    expect(await outbox.rows()).toEqual([]);
    dispatch.seen(hello.clientId, ack(1));
    expect(shown(dispatch)).toEqual([]);
  });

  test("its own event is as good as the ack, and the next one goes out", async () => {
    const desk = new ScriptedDesk();
    desk.answers = [undefined, undefined];
    const { dispatch, world, outbox } = await dispatching(desk);
    const hello = say("hello");
    await dispatch.add(garden, hello);
    await dispatch.add(garden, say("next"));
    await settled();
    dispatch.seen(hello.clientId, ack(1));
    await world.clock.pass(1000);
    expect(desk.posts.filter((text) => text === "hello").length).toBeLessThan(3);
    expect(desk.posts.at(-1)).toBe("next");
    expect(await outbox.rows()).toEqual([]);
  });

  test("three seconds without an answer are late, not less", async () => {
    const desk = new ScriptedDesk();
    desk.post = () => new Promise(() => undefined);
    const { dispatch, world } = await dispatching(desk);
    await dispatch.add(garden, say("hello"));
    await world.clock.pass(2999);
    expect(shown(dispatch)).toEqual([["hello", "queued"]]);
    await world.clock.pass(1);
    expect(shown(dispatch)).toEqual([["hello", "late"]]);
  });

  test("a pause the desk has asked for is kept, whatever makes us hurry; any other ends", async () => {
    const desk = new ScriptedDesk();
    desk.answers = [no("too_fast", 5000), undefined];
    const { dispatch, world } = await dispatching(desk);
    await dispatch.add(garden, say("hello"));
    await settled();
    dispatch.hurry(garden);
    await world.clock.pass(4999);
    expect(desk.posts).toHaveLength(1);
    await world.clock.pass(1);
    expect(desk.posts).toHaveLength(2);
    dispatch.hurry(garden);
    await settled();
    expect(desk.posts).toHaveLength(3);
  });

  test("[DL11] a desk that answers is asked again within 5 s, however long it could not keep anything", async () => {
    const desk = new ScriptedDesk();
    const { dispatch, world } = await dispatching(desk);
    desk.answers = Array.from({ length: 40 }, () => no("unavailable"));
    await dispatch.add(garden, say("hello"));
    await world.clock.pass(62_000);
    desk.answers = [];
    const before = desk.posts.length;
    await world.clock.pass(5000);
    expect([desk.posts.length, dispatch.conversations]).toEqual([before + 1, []]);
  });

  test("[DL12] what reached the desk for one conversation wakes what waits for another, and tells every link", async () => {
    const desk = new ScriptedDesk();
    const { dispatch, world } = await dispatching(desk);
    let reached = 0;
    dispatch.attach("shop", { changed: () => undefined, send: () => undefined, reached: () => (reached += 1) });
    desk.answers = Array.from({ length: 40 }, () => undefined);
    await dispatch.add(garden, say("hello"));
    await world.clock.pass(25_000); // the next would be up to 15 s away
    desk.answers = [];
    const before = desk.posts.length;
    await dispatch.add("shop", say("another"));
    await settled();
    expect([desk.posts.slice(before), reached]).toEqual([["another", "hello"], 2]);
  });

  test("refused for good: parked with its text, and the next one goes out", async () => {
    const desk = new ScriptedDesk();
    desk.answers = [no("conversation_closed")];
    const { dispatch, outbox } = await dispatching(desk);
    const hello = say("hello");
    await dispatch.add(garden, hello);
    await dispatch.add(garden, say("next"));
    await settled();
    expect(shown(dispatch)).toEqual([["hello", "conversation_closed"]]);
    expect((await outbox.rows()).map(({ parked }) => parked)).toEqual(["conversation_closed"]);

    await dispatch.retry(hello.clientId);
    await settled();
    expect([desk.posts, shown(dispatch)]).toEqual([["hello", "next", "hello"], []]);
  });

  test("[I21] one that is tried again is late again after three seconds", async () => {
    const desk = new ScriptedDesk();
    desk.answers = [no("conversation_closed")];
    const { post } = desk;
    let isSilent = false;
    desk.post = (...args) => (isSilent ? new Promise(() => undefined) : post(...args));
    const { dispatch, world } = await dispatching(desk);
    const hello = say("hello");
    await dispatch.add(garden, hello);
    await world.clock.pass(10_000);
    isSilent = true;
    await dispatch.retry(hello.clientId);
    await world.clock.pass(2999);
    expect(shown(dispatch)).toEqual([["hello", "queued"]]);
    await world.clock.pass(1);
    expect(shown(dispatch)).toEqual([["hello", "late"]]);
  });

  test("discarded: gone from the screen and the device. What is still on its way cannot be discarded", async () => {
    const desk = new ScriptedDesk();
    desk.answers = [no("conversation_closed"), undefined];
    const { dispatch, outbox } = await dispatching(desk);
    const [refused, waiting] = [say("refused"), say("waiting")];
    await dispatch.add(garden, refused);
    await dispatch.add(garden, waiting);
    await settled();
    await dispatch.discard(refused.clientId);
    await dispatch.discard(waiting.clientId);
    expect(shown(dispatch)).toEqual([["waiting", "queued"]]);
    expect(await outbox.rows()).toHaveLength(1);
  });

  test("a refusal of who we are parks nothing: it waits until we are let in", async () => {
    const desk = new ScriptedDesk();
    desk.answers = [no("not_signed_in"), no("bad_csrf")];
    const { dispatch, world } = await dispatching(desk);
    await dispatch.add(garden, say("hello"));
    await settled();
    expect(dispatch.of(garden)[0]).toMatchObject({ problem: "not_signed_in", row: { parked: null } });
    await world.clock.pass(5000);
    expect(desk.log.size).toBe(1);
  });

  test("a turn that is refused leaves nothing behind, and whoever asked has the answer", async () => {
    const desk = new ScriptedDesk();
    desk.answers = [no("already_closed")];
    const { dispatch, outbox } = await dispatching(desk);
    const close: ConversationCommand = { type: "conversation.close", clientId: crypto.randomUUID() };
    const { outcome } = await dispatch.add(garden, close);
    expect(await outcome).toEqual({ refused: "already_closed" });
    expect(shown(dispatch)).toEqual([]);
    expect(await outbox.rows()).toEqual([]);
  });

  test("a device that is full: it is sent all the same, and the person can be told", async () => {
    const desk = new ScriptedDesk();
    desk.answers = [undefined];
    const outbox = memoryOutbox();
    outbox.add = async () => Promise.reject(new DOMException("full", "QuotaExceededError"));
    const { dispatch, world } = await dispatching(desk, { outbox: { ...outbox, isPersistent: true } });
    expect(dispatch.isVolatile).toBe(false);
    await dispatch.add(garden, say("one"));
    await dispatch.add(garden, say("two"));
    expect([shown(dispatch), dispatch.isVolatile]).toEqual([[["one", "queued"], ["two", "queued"]], true]); // prettier-ignore
    await world.clock.pass(500);
    expect(desk.posts).toEqual(["one", "one", "two"]);
  });

  test("after a reload what was not acknowledged is sent, the parked one is not, and it is late from the start", async () => {
    const desk = new ScriptedDesk();
    desk.answers = [no("too_large"), undefined];
    const { open } = sharedOutbox();
    const world = manualWorld();
    const before = await dispatching(desk, { world, outbox: open() });
    await before.dispatch.add(garden, say("too large"));
    await before.dispatch.add(garden, say("hello"));
    await settled();
    before.dispatch.close();
    world.clock.jump(5000);
    desk.answers = [undefined];
    const after = await dispatching(desk, { world, outbox: open() });
    await world.clock.pass(0);
    expect(shown(after.dispatch)).toEqual([["too large", "too_large"], ["hello", "late"]]); // prettier-ignore
    await world.clock.pass(1000);
    expect(shown(after.dispatch)).toEqual([["too large", "too_large"]]);
    expect(desk.log.size).toBe(1);
  });

  test("what is older than seven days is not sent any more, and it is known how much that was", async () => {
    const desk = new ScriptedDesk();
    desk.answers = [undefined];
    const { open } = sharedOutbox();
    const world = manualWorld();
    const before = await dispatching(desk, { world, outbox: open() });
    await before.dispatch.add(garden, say("old"));
    before.dispatch.close();
    world.clock.jump(outboxTtlMs + 1);
    const after = await dispatching(desk, { world, outbox: open() });
    await settled();
    expect([after.dispatch.expired, desk.posts]).toEqual([1, ["old"]]);
  });
});

describe("a conversation that does not exist yet", () => {
  test("[I2] is opened with the first message, which is sent once although the answers were lost", async () => {
    const desk = new ScriptedDesk();
    desk.opens = [unreachable, { refused: "unavailable", retryInMs: 100 }];
    desk.answers = [undefined];
    const { dispatch, world, opened } = await dispatching(desk);
    const key = newKey("first");
    await dispatch.add(key, say("hello"));
    await dispatch.add(key, say("and"));
    await world.clock.pass(3000);
    expect(desk.opening).toEqual(["first", "first", "first"]);
    expect(opened).toEqual([[key, garden]]);
    expect([desk.posts, desk.log.size]).toEqual([["hello", "hello", "and"], 2]);
  });

  test("[I2] is kept under its id as soon as it has one", async () => {
    const desk = new ScriptedDesk();
    desk.answers = [undefined];
    const { dispatch, outbox } = await dispatching(desk);
    await dispatch.add(newKey("first"), say("hello"));
    await settled();
    expect((await outbox.rows()).map(({ conversation }) => conversation)).toEqual([garden]);
  });

  test("[I2] is opened by the same key after a reload, and its messages follow it", async () => {
    const desk = new ScriptedDesk();
    desk.opens = [unreachable];
    const { open } = sharedOutbox();
    const world = manualWorld();
    const before = await dispatching(desk, { world, outbox: open() });
    await before.dispatch.add(newKey("first"), say("hello"));
    await settled();
    before.dispatch.close();
    const after = await dispatching(desk, { world, outbox: open() });
    await settled();
    expect(after.dispatch.conversations).toEqual([]);
    expect([desk.opening, desk.posts]).toEqual([["first", "first"], ["hello"]]);
  });
});
