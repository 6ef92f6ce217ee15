import { beforeEach, describe, expect, test } from "vitest";
import { GardenShop, last, messages, texts } from "./testing/garden-shop.ts";
import { settled } from "./testing/manual-world.ts";

let shop: GardenShop;
beforeEach(() => {
  shop = new GardenShop();
});

describe("a first message", () => {
  test("[I2] opens the conversation and is there for both", async () => {
    const { theirs, ours } = await shop.talking();
    expect(texts(theirs)).toEqual(["opened", "Ana: hello"]);
    expect(texts(ours)).toEqual(["opened", "Ana: hello"]);
    expect([theirs.isLoading, ours.isLoading, theirs.connection]).toEqual([false, false, "online"]);
  });

  test("[I2] written while the desk cannot be reached is kept, and is there once when it can", async () => {
    shop.isUp = false;
    const { customer } = await shop.ana();
    expect([customer.state, customer.error?.code]).toEqual(["failed", "unreachable"]);
    const chat = customer.conversation();
    await chat.sendMessage("is anybody there?");
    await shop.world.clock.pass(20_000);
    expect(last(chat)).toMatchObject({ state: "kept", late: true, seq: null });
    shop.isUp = true;
    await shop.world.clock.pass(40_000);
    expect(customer.state).toBe("open");
    expect(texts(chat)).toEqual(["opened", "Ana: is anybody there?"]);
    expect(shop.house.desk.conversations.size).toBe(1);
  });

  test("[I2] the page reloaded before it was sent: it is taken up again, in the same conversation", async () => {
    const first = await shop.ana();
    shop.isUp = false;
    await first.customer.conversation().sendMessage("before");
    await settled();
    first.customer.destroy();
    shop.isUp = true;
    const { customer } = await shop.ana(first);
    const key = customer.draft;
    const chat = customer.conversation();
    await chat.sendMessage("after");
    await settled();
    expect(key).toMatch(/^new:/);
    expect(texts(chat)).toEqual(["opened", "Ana: before", "Ana: after"]);
    expect([shop.house.desk.conversations.size, customer.draft]).toEqual([1, null]);
  });
});

describe("the states of a message", () => {
  test("[I21] sending, saved, delivered, read: each when it is true", async () => {
    const { theirs, ours } = await shop.talking();
    const release = shop.house.log.faults.hold();
    const { clientId } = (await theirs.sendMessage("are you there?")) as { clientId: string };
    await settled();
    expect(last(theirs)).toMatchObject({ state: "sending", key: clientId, seq: null });
    ours.destroy(); // nobody receives it
    release();
    await settled();
    expect(last(theirs)).toMatchObject({ state: "saved", key: clientId, seq: 3 });
  });

  test("[I21] delivered when the other side has it, read when it says so", async () => {
    const { theirs, ours } = await shop.talking();
    expect(last(theirs).state, "who only looks is not told of").toBe("saved");
    await ours.join();
    await settled();
    expect(last(theirs).state).toBe("delivered");
    ours.markRead();
    await settled();
    expect(last(theirs).state).toBe("read");
  });

  test("[I3] the event and the ack together are one bubble, the same object's key all along", async () => {
    const { theirs } = await shop.talking();
    const seen: string[][] = [];
    theirs.onChange(() => seen.push(messages(theirs).map(({ key }) => key)));
    await theirs.sendMessage("one");
    await theirs.sendMessage("two");
    await settled();
    for (const keys of seen) expect(new Set(keys).size).toBe(keys.length);
    expect(seen.at(-1)).toHaveLength(3);
  });

  test("three seconds without an answer: kept and late; when the desk is back: saved", async () => {
    const { theirs } = await shop.talking();
    shop.house.log.faults.down = true;
    await theirs.sendMessage("again");
    await shop.world.clock.pass(3000);
    expect(last(theirs)).toMatchObject({ state: "kept", late: true, problem: "unavailable" });
    shop.house.log.faults.down = false;
    await shop.world.clock.pass(5000);
    expect(last(theirs)).toMatchObject({ state: "saved", late: false, problem: null });
  });

  test("offline: kept at once", async () => {
    const { theirs } = await shop.talking();
    shop.isUp = false;
    shop.house.room(theirs.conversationId!).breakAll();
    shop.world.network.say("offline");
    await theirs.sendMessage("from the tunnel");
    expect([theirs.connection, last(theirs).state]).toEqual(["offline", "kept"]);
    shop.isUp = true;
    shop.world.network.say("online");
    await shop.world.clock.pass(600);
    expect([theirs.connection, last(theirs).state]).toEqual(["back", "saved"]);
    await shop.world.clock.pass(3000);
    expect(theirs.connection).toBe("online");
  });

  test("refused for good: failed, with the text kept; retry and discard", async () => {
    const { theirs, ours } = await shop.talking();
    await ours.close();
    await theirs.sendMessage("too late");
    await theirs.sendMessage("me too");
    await settled();
    const [late, too] = messages(theirs).slice(-2);
    expect(late).toMatchObject({ body: "too late", state: "failed", problem: "conversation_closed", mayRetry: true });
    await theirs.discard(too!.key);
    await theirs.reopen();
    await theirs.retry(late!.key);
    await settled();
    expect(texts(theirs).slice(-3)).toEqual(["closed", "reopened", "Ana: too late"]);
  });

  test.each([
    ["nothing", " \n", "empty_message"],
    ["too much", "x".repeat(4001), "too_large"],
    ["NUL", "a\0b", "unreadable_text"],
    ["half a character", "\ud800", "unreadable_text"],
  ])("%s is refused where it was written, and no bubble appears", async (_what, body, code) => {
    const { theirs } = await shop.talking();
    expect(await theirs.sendMessage(body)).toEqual({ refused: code });
    expect(messages(theirs)).toHaveLength(1);
  });

  test("files are refused in words", async () => {
    expect(await (await shop.talking()).theirs.sendFile()).toEqual({ refused: "files_not_accepted" });
  });
});

describe("edits and deletions", () => {
  test("show at once, and hold for both", async () => {
    const { theirs, ours } = await shop.talking();
    const release = shop.house.log.faults.hold();
    await theirs.editMessage(last(theirs).key, "hello!");
    expect(last(theirs)).toMatchObject({ body: "hello!", state: "sending" });
    release();
    await settled();
    expect([last(theirs), last(ours)]).toMatchObject([
      { body: "hello!", version: 2, edited: true, state: "saved" },
      { body: "hello!" },
    ]);
    await theirs.deleteMessage(last(theirs).key);
    await settled();
    expect(last(ours)).toMatchObject({ body: null, deletedBy: "Ana" });
  });

  test("[I16] two edits in a row name the versions that follow each other", async () => {
    const { theirs } = await shop.talking();
    const { key } = last(theirs);
    await theirs.editMessage(key, "one");
    await theirs.editMessage(key, "two");
    await settled();
    expect(last(theirs)).toMatchObject({ body: "two", version: 3, problem: null });
  });

  test("refused: the old text is back, the new one is kept beside it, and retry names the version of now", async () => {
    const { theirs } = await shop.talking();
    const { key, id } = last(theirs);
    await theirs.editMessage(key, "mine");
    await settled();
    const room = shop.house.room(theirs.conversationId!);
    const by = { side: "customer", id: last(theirs).by.id, name: "Ana" } as const;
    shop.house.log.faults.down = true;
    await theirs.editMessage(key, "from this tab");
    shop.house.log.faults.down = false;
    await room.run(by, {
      type: "message.edit",
      clientId: crypto.randomUUID(),
      messageId: id,
      version: 2,
      body: "from that tab",
    });
    await shop.world.clock.pass(10_000);
    expect(last(theirs)).toMatchObject({
      body: "from that tab",
      draft: "from this tab",
      problem: "version_conflict",
      state: "failed",
    });
    await theirs.retry(key);
    await settled();
    expect(last(theirs)).toMatchObject({ body: "from this tab", draft: null, version: 4 });
  });
});
