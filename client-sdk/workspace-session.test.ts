import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Row } from "#protocol/workspace.ts";
import { CustomerSession } from "./customer-session.ts";
import { pageMemory } from "./device-memory.ts";
import { InboxList } from "./inbox-list.ts";
import { aloneTab } from "./leader-tab.ts";
import { memoryOutbox } from "./memory-outbox.ts";
import { MemoryHouse } from "./memory/memory-house.ts";
import { memoryCustomerWires, memoryStaffWires } from "./memory/memory-wires.ts";
import { manualWorld, settled, type ManualWorld } from "./testing/manual-world.ts";
import { WorkspaceSession } from "./workspace-session.ts";

let world: ManualWorld;
let house: MemoryHouse;
let isUp: boolean;
beforeEach(async () => {
  world = manualWorld();
  house = new MemoryHouse(world);
  isUp = true;
  await house.addStaff("Ben");
});

const keeping = async () => ({ outbox: { ...memoryOutbox(), isPersistent: true }, tabs: aloneTab() });

function browser() {
  const wires = memoryStaffWires(house, { isUp: () => isUp });
  return () => {
    const desk = new WorkspaceSession({ desk: "http://desk.example", world, keeping, wires });
    onTestFinished(() => desk.destroy());
    return desk;
  };
}
const ben = { email: "ben@example.com", password: "secret" };
async function atTheDesk() {
  const desk = browser()();
  await desk.signIn(ben);
  await settled();
  return desk;
}

async function customerSays(body: string) {
  const wires = memoryCustomerWires(house);
  const customer = new CustomerSession({
    desk: "",
    inboxKey: house.inboxKey,
    world,
    memory: pageMemory(),
    keeping,
    wires,
  });
  onTestFinished(() => customer.destroy());
  await customer.open();
  const chat = customer.conversation();
  await chat.sendMessage(body);
  await settled();
  return chat;
}
const lastLines = (desk: WorkspaceSession) => desk.rows.map((row) => row.lastLine?.text);

describe("the door", () => {
  test("nobody is signed in, then somebody is, also after a reload", async () => {
    const open = browser();
    const desk = open();
    expect(desk.state).toBe("checking");
    expect(await desk.start()).toEqual({ refused: "not_signed_in" });
    expect([desk.state, desk.error]).toEqual(["signed_out", null]);
    expect(await desk.signIn({ ...ben, password: "wrong" })).toEqual({ refused: "wrong_credentials" });
    expect(desk.state).toBe("signed_out");
    expect(await desk.signIn(ben)).toBeUndefined();
    expect([desk.state, desk.user?.name, desk.organisation]).toEqual(["signed_in", "Ben", "Garden & Co"]);
    const reloaded = open();
    await reloaded.start();
    expect(reloaded.state).toBe("signed_in");
  });

  test("a desk that cannot be reached is no sign-out", async () => {
    const desk = browser()();
    isUp = false;
    expect(await desk.start()).toEqual({ unreachable: true });
    expect([desk.state, desk.error?.code]).toEqual(["unreachable", "unreachable"]);
  });

  test("[N74] signing out leaves nothing open, and nobody's conversation can be opened", async () => {
    const desk = await atTheDesk();
    await desk.signOut();
    expect([desk.state, desk.user, desk.rows]).toEqual(["signed_out", null, []]);
    expect(() => desk.conversation("x")).toThrow();
  });
});

describe("the inbox", () => {
  test("shows the window asked for, and what changes in it", async () => {
    const desk = await atTheDesk();
    expect([desk.isLoading, desk.rows, desk.counts?.new]).toEqual([false, [], 0]);
    const chat = await customerSays("hello");
    expect([lastLines(desk), desk.total, desk.counts?.unreadNew]).toEqual([["hello"], 1, 1]);
    await world.clock.pass(10);
    await customerSays("me too");
    expect(lastLines(desk)).toEqual(["me too", "hello"]);
    await world.clock.pass(10);
    await chat.sendMessage("still here");
    await settled();
    expect(lastLines(desk)).toEqual(["still here", "me too"]);
    await desk.conversation(chat.conversationId!).join();
    await settled();
    expect(lastLines(desk)).toEqual(["me too"]);
    desk.show("mine");
    expect([desk.view, desk.isLoading, desk.rows]).toEqual(["mine", true, []]);
    await settled();
    expect(lastLines(desk)).toEqual(["still here"]);
  });

  test("conversations stay open as tabs until they are released", async () => {
    const desk = await atTheDesk();
    const id = (await customerSays("hello")).conversationId!;
    const chat = desk.conversation(id);
    await settled();
    expect(desk.conversation(id)).toBe(chat);
    expect(chat.messages).toHaveLength(2);
    desk.release(id);
    expect(desk.conversation(id)).not.toBe(chat);
  });

  test("the panel of a customer, by them or by a conversation of theirs, and of nobody", async () => {
    const desk = await atTheDesk();
    const id = (await customerSays("hello")).conversationId!;
    const [row] = desk.rows;
    expect(await desk.customerOf(id)).toEqual(await desk.customerPanel(row!.customer.id));
    expect(await desk.customerOf("x")).toEqual({ refused: "not_found" });
    expect(await desk.customerPanel(row!.customer.id)).toMatchObject({
      name: "Ana",
      conversations: [{ lastLine: "hello" }],
    });
    expect(await desk.customerPanel("x")).toEqual({ refused: "not_found" });
  });
});

describe("the list", () => {
  const row = (id: string, lastAt: number, head = 1) => ({ id, lastAt, head }) as Row;
  const listed = (view: "new" | "all", ...rows: Row[]) =>
    ({
      ok: true,
      view,
      rows,
      total: rows.length,
      counts: { new: 0, mine: 0, all: 0, closed: 0, unreadMine: 0, unreadNew: 0 },
    }) as const;

  test("rows stand newest first, by id among equals, and unchanged ones stay the same objects", () => {
    const list = new InboxList();
    const [a, b] = [row("a", 5), row("b", 5)];
    list.take(listed("new", a, b));
    list.change({ view: "new", upserted: [row("c", 9), row("d", 5)], removed: [], total: 4 });
    expect(list.rows.map(({ id }) => id)).toEqual(["c", "a", "b", "d"]);
    expect([list.rows[1], list.rows[2]]).toEqual([a, b]);
    list.change({ view: "new", upserted: [row("b", 10)], removed: ["c"], total: 3 });
    expect(list.rows.map(({ id }) => id)).toEqual(["b", "a", "d"]);
  });

  test("what belongs to a view that is not looked at any more changes nothing", () => {
    const list = new InboxList();
    list.look("all", 100);
    list.take(listed("new", row("a", 1)));
    expect([list.rows, list.isLoading]).toEqual([[], true]);
    list.take(listed("all", row("b", 1)));
    list.change({ view: "new", upserted: [row("c", 2)], removed: ["b"], total: 1 });
    expect(list.rows.map(({ id }) => id)).toEqual(["b"]);
  });
});
