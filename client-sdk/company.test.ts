import { beforeEach, describe, expect, test } from "vitest";
import { GardenShop, messages, texts } from "./testing/garden-shop.ts";
import { settled } from "./testing/manual-world.ts";

let shop: GardenShop;
beforeEach(() => {
  shop = new GardenShop();
});

describe("the company", () => {
  test("typing shows on the other side, is refreshed, and ends with the message", async () => {
    const { theirs, ours } = await shop.talking();
    await ours.join();
    theirs.sendTypingIndicator();
    await settled();
    expect(ours.typingUsers.map(({ name }) => name)).toEqual(["Ana"]);
    expect(theirs.typingUsers).toEqual([]);
    for (let keys = 0; keys < 8; keys++) {
      await shop.world.clock.pass(1000);
      theirs.sendTypingIndicator();
    }
    expect(ours.typingUsers).toHaveLength(1);
    await theirs.sendMessage("done");
    await settled();
    expect(ours.typingUsers).toEqual([]);
  });

  test("typing goes out after six seconds without a key, and at once when the link is gone", async () => {
    const { theirs, ours } = await shop.talking();
    theirs.sendTypingIndicator();
    await shop.world.clock.pass(5900);
    expect(ours.typingUsers).toHaveLength(1);
    await shop.world.clock.pass(200);
    expect(ours.typingUsers).toEqual([]);
    theirs.sendTypingIndicator();
    await settled();
    shop.house.room(theirs.conversationId!).breakAll();
    expect(ours.typingUsers).toEqual([]);
  });

  test("who is here, by name, with myself marked", async () => {
    const { theirs, ours } = await shop.talking();
    await ours.join();
    await settled();
    expect(theirs.onlineUsers.map(({ name, own }) => [name, own])).toEqual([["Ana", true], ["Ben", false]]); // prettier-ignore
    ours.destroy();
    await settled();
    expect(theirs.onlineUsers.map(({ name }) => name)).toEqual(["Ana"]);
    shop.isUp = false;
    shop.house.room(theirs.conversationId!).breakAll();
    expect(theirs.onlineUsers, "without a link nobody knows").toEqual([]);
  });

  test("[CV7] notes are for staff, and the customer's numbers have no hole where they are", async () => {
    const { theirs, ours } = await shop.talking();
    await ours.postNote("he is angry");
    await ours.sendMessage("good morning");
    await settled();
    expect(texts(theirs)).toEqual(["opened", "Ana: hello", "joined", "Ben: good morning"]);
    expect(texts(ours)).toEqual(["opened", "Ana: hello", "Ben: he is angry", "joined", "Ben: good morning"]);
  });

  test("[I21] nobody on the other side has read a note, however far they have read", async () => {
    const { theirs, ours } = await shop.talking();
    await ours.postNote("he is angry");
    await ours.sendMessage("good morning");
    await settled();
    theirs.markRead();
    await settled();
    expect(messages(ours).map(({ kind, state }) => [kind, state])).toEqual([
      ["message", null],
      ["note", "saved"],
      ["message", "read"],
    ]);
  });

  test("unread counts what the other side wrote after my number, and only markRead moves it", async () => {
    const { theirs, ours } = await shop.talking();
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
    const { ours } = await shop.talking();
    expect(await ours.join()).toHaveProperty("clientId");
    expect(await ours.join()).toEqual({ refused: "already_joined" });
    expect(await ours.reopen()).toEqual({ refused: "already_open" });
  });
});
