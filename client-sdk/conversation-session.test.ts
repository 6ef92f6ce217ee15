import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { ConversationSession } from "./conversation-session.ts";
import { CustomerSession } from "./customer-session.ts";
import { pageMemory } from "./device-memory.ts";
import { aloneTab } from "./leader-tab.ts";
import { MemoryHouse } from "./memory/memory-house.ts";
import { memoryCustomerWires, memoryStaffWires } from "./memory/memory-wires.ts";
import { manualWorld, settled, type ManualWorld } from "./testing/manual-world.ts";
import { sharedOutbox } from "./testing/shared-outbox.ts";
import { WorkspaceSession } from "./workspace-session.ts";
import type { MessageView } from "./view-line.ts";

let world: ManualWorld;
let house: MemoryHouse;
let isUp = true;
beforeEach(() => {
  world = manualWorld();
  house = new MemoryHouse(world);
  isUp = true;
});

/** Ana in the shop: a browser that is new, or the one whose memory and outbox are given. */
async function ana({ memory = pageMemory(), outbox = sharedOutbox() } = {}) {
  const customer = new CustomerSession({
    desk: "http://desk.example",
    inboxKey: house.inboxKey,
    world,
    memory,
    keeping: async () => ({ outbox: outbox.open(), tabs: aloneTab() }),
    wires: memoryCustomerWires(house, { isUp: () => isUp }),
  });
  onTestFinished(() => customer.destroy());
  await customer.open();
  return { customer, memory, outbox };
}

async function ben() {
  await house.addStaff("Ben");
  const desk = new WorkspaceSession({
    desk: "http://desk.example",
    world,
    keeping: async () => ({ outbox: sharedOutbox().open(), tabs: aloneTab() }),
    wires: memoryStaffWires(house, { isUp: () => isUp }),
  });
  onTestFinished(() => desk.destroy());
  await desk.signIn({ email: "ben@example.com", password: "secret" });
  return desk;
}

/** Ana and Ben in one conversation, which Ana has begun with "hello". */
async function talking() {
  const { customer, ...device } = await ana();
  const theirs = customer.conversation();
  await theirs.sendMessage("hello");
  await settled();
  const desk = await ben();
  const ours = desk.conversation(theirs.conversationId!);
  await settled();
  return { customer, theirs, desk, ours, ...device };
}

const texts = (session: ConversationSession) =>
  session.messages.map((line) => ("body" in line ? `${line.name || "?"}: ${line.body}` : line.kind));
const messages = (session: ConversationSession) =>
  session.messages.filter((line): line is MessageView => "body" in line);
const last = (session: ConversationSession) => messages(session).at(-1)!;

describe("a first message", () => {
  test("[I2] opens the conversation and is there for both", async () => {
    const { theirs, ours } = await talking();
    expect(texts(theirs)).toEqual(["opened", "Ana: hello"]);
    expect(texts(ours)).toEqual(["opened", "Ana: hello"]);
    expect([theirs.isLoading, ours.isLoading, theirs.connection]).toEqual([false, false, "online"]);
  });

  test("[I2] written while the desk cannot be reached is kept, and is there once when it can", async () => {
    isUp = false;
    const { customer } = await ana();
    expect([customer.state, customer.error?.code]).toEqual(["failed", "unreachable"]);
    const chat = customer.conversation();
    await chat.sendMessage("is anybody there?");
    await world.clock.pass(20_000);
    expect(last(chat)).toMatchObject({ state: "kept", late: true, seq: null });
    isUp = true;
    await world.clock.pass(40_000);
    expect(customer.state).toBe("open");
    expect(texts(chat)).toEqual(["opened", "Ana: is anybody there?"]);
    expect(house.desk.conversations.size).toBe(1);
  });

  test("[I2] the page reloaded before it was sent: it is taken up again, in the same conversation", async () => {
    const first = await ana();
    isUp = false;
    await first.customer.conversation().sendMessage("before");
    await settled();
    first.customer.destroy();
    isUp = true;
    const { customer } = await ana(first);
    const key = customer.draft;
    const chat = customer.conversation();
    await chat.sendMessage("after");
    await settled();
    expect(key).toMatch(/^new:/);
    expect(texts(chat)).toEqual(["opened", "Ana: before", "Ana: after"]);
    expect([house.desk.conversations.size, customer.draft]).toEqual([1, null]);
  });
});

describe("the states of a message", () => {
  test("[I21] sending, saved, delivered, read: each when it is true", async () => {
    const { theirs, ours } = await talking();
    const release = house.log.faults.hold();
    const { clientId } = (await theirs.sendMessage("are you there?")) as { clientId: string };
    await settled();
    expect(last(theirs)).toMatchObject({ state: "sending", key: clientId, seq: null });
    ours.destroy(); // nobody receives it
    release();
    await settled();
    expect(last(theirs)).toMatchObject({ state: "saved", key: clientId, seq: 3 });
  });

  test("[I21] delivered when the other side has it, read when it says so", async () => {
    const { theirs, ours } = await talking();
    expect(last(theirs).state, "who only looks is not told of").toBe("saved");
    await ours.join();
    await settled();
    expect(last(theirs).state).toBe("delivered");
    ours.markRead();
    await settled();
    expect(last(theirs).state).toBe("read");
  });

  test("[I3] the event and the ack together are one bubble, the same object's key all along", async () => {
    const { theirs } = await talking();
    const seen: string[][] = [];
    theirs.onChange(() => seen.push(messages(theirs).map(({ key }) => key)));
    await theirs.sendMessage("one");
    await theirs.sendMessage("two");
    await settled();
    for (const keys of seen) expect(new Set(keys).size).toBe(keys.length);
    expect(seen.at(-1)).toHaveLength(3);
  });

  test("three seconds without an answer: kept and late; when the desk is back: saved", async () => {
    const { theirs } = await talking();
    house.log.faults.down = true;
    await theirs.sendMessage("again");
    await world.clock.pass(3000);
    expect(last(theirs)).toMatchObject({ state: "kept", late: true, problem: "unavailable" });
    house.log.faults.down = false;
    await world.clock.pass(5000);
    expect(last(theirs)).toMatchObject({ state: "saved", late: false, problem: null });
  });

  test("offline: kept at once", async () => {
    const { theirs } = await talking();
    isUp = false;
    house.room(theirs.conversationId!).breakAll();
    world.network.say("offline");
    await theirs.sendMessage("from the tunnel");
    expect([theirs.connection, last(theirs).state]).toEqual(["offline", "kept"]);
    isUp = true;
    world.network.say("online");
    await world.clock.pass(600);
    expect([theirs.connection, last(theirs).state]).toEqual(["back", "saved"]);
    await world.clock.pass(3000);
    expect(theirs.connection).toBe("online");
  });

  test("refused for good: failed, with the text kept; retry and discard", async () => {
    const { theirs, ours } = await talking();
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
    const { theirs } = await talking();
    expect(await theirs.sendMessage(body)).toEqual({ refused: code });
    expect(messages(theirs)).toHaveLength(1);
  });

  test("files are refused in words", async () => {
    expect(await (await talking()).theirs.sendFile()).toEqual({ refused: "files_not_accepted" });
  });
});

describe("edits and deletions", () => {
  test("show at once, and hold for both", async () => {
    const { theirs, ours } = await talking();
    const release = house.log.faults.hold();
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
    const { theirs } = await talking();
    const { key } = last(theirs);
    await theirs.editMessage(key, "one");
    await theirs.editMessage(key, "two");
    await settled();
    expect(last(theirs)).toMatchObject({ body: "two", version: 3, problem: null });
  });

  test("refused: the old text is back, the new one is kept beside it, and retry names the version of now", async () => {
    const { theirs } = await talking();
    const { key, id } = last(theirs);
    await theirs.editMessage(key, "mine");
    await settled();
    const room = house.room(theirs.conversationId!);
    const by = { side: "customer", id: last(theirs).by.id, name: "Ana" } as const;
    house.log.faults.down = true;
    await theirs.editMessage(key, "from this tab");
    house.log.faults.down = false;
    await room.run(by, {
      type: "message.edit",
      clientId: crypto.randomUUID(),
      messageId: id,
      version: 2,
      body: "from that tab",
    });
    await world.clock.pass(10_000);
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

describe("the company", () => {
  test("typing shows on the other side, is refreshed, and ends with the message", async () => {
    const { theirs, ours } = await talking();
    await ours.join();
    theirs.sendTypingIndicator();
    await settled();
    expect(ours.typingUsers.map(({ name }) => name)).toEqual(["Ana"]);
    expect(theirs.typingUsers).toEqual([]);
    for (let keys = 0; keys < 8; keys++) {
      await world.clock.pass(1000);
      theirs.sendTypingIndicator();
    }
    expect(ours.typingUsers).toHaveLength(1);
    await theirs.sendMessage("done");
    await settled();
    expect(ours.typingUsers).toEqual([]);
  });

  test("typing goes out after six seconds without a key, and at once when the link is gone", async () => {
    const { theirs, ours } = await talking();
    theirs.sendTypingIndicator();
    await world.clock.pass(5900);
    expect(ours.typingUsers).toHaveLength(1);
    await world.clock.pass(200);
    expect(ours.typingUsers).toEqual([]);
    theirs.sendTypingIndicator();
    await settled();
    house.room(theirs.conversationId!).breakAll();
    expect(ours.typingUsers).toEqual([]);
  });

  test("who is here, by name, with myself marked", async () => {
    const { theirs, ours } = await talking();
    await ours.join();
    await settled();
    expect(theirs.onlineUsers.map(({ name, own }) => [name, own])).toEqual([["Ana", true], ["Ben", false]]); // prettier-ignore
    ours.destroy();
    await settled();
    expect(theirs.onlineUsers.map(({ name }) => name)).toEqual(["Ana"]);
  });

  test("[CV7] notes are for staff, and the customer's numbers have no hole where they are", async () => {
    const { theirs, ours } = await talking();
    await ours.postNote("he is angry");
    await ours.sendMessage("good morning");
    await settled();
    expect(texts(theirs)).toEqual(["opened", "Ana: hello", "joined", "Ben: good morning"]);
    expect(texts(ours)).toEqual(["opened", "Ana: hello", "Ben: he is angry", "joined", "Ben: good morning"]);
  });

  test("unread counts what the other side wrote after my number, and only markRead moves it", async () => {
    const { theirs, ours } = await talking();
    await ours.sendMessage("one");
    await ours.sendMessage("two");
    await settled();
    const [one] = messages(theirs).slice(-2);
    expect([theirs.unread, theirs.firstUnreadKey]).toEqual([2, one!.key]);
    theirs.markRead(one!.key);
    expect(theirs.unread).toBe(1);
    theirs.markRead();
    expect([theirs.unread, theirs.firstUnreadKey]).toEqual([0, null]);
  });

  test("a refused turn answers why", async () => {
    const { ours } = await talking();
    expect(await ours.join()).toHaveProperty("clientId");
    expect(await ours.join()).toEqual({ refused: "already_joined" });
    expect(await ours.reopen()).toEqual({ refused: "already_open" });
  });
});
