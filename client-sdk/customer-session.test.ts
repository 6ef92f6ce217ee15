import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { CustomerApi } from "./desk-api.ts";
import { CustomerSession } from "./customer-session.ts";
import { pageMemory, type DeviceMemory } from "./device-memory.ts";
import { MemoryHouse } from "./memory/memory-house.ts";
import { memoryCustomerWires } from "./memory/memory-wires.ts";
import { manualWorld, settled, type ManualWorld } from "./testing/manual-world.ts";
import { sharedOutbox } from "./testing/shared-outbox.ts";
import { TabHub } from "./testing/tab-hub.ts";

let world: ManualWorld;
let house: MemoryHouse;
let isUp: boolean;
beforeEach(() => {
  world = manualWorld();
  house = new MemoryHouse(world);
  isUp = true;
});

/** A browser, with as many tabs as are opened in it. */
function browser(memory: DeviceMemory = pageMemory(), change: (api: CustomerApi) => Partial<CustomerApi> = () => ({})) {
  const [outbox, hub] = [sharedOutbox(), new TabHub()];
  const wires = memoryCustomerWires(house, { isUp: () => isUp });
  const tab = (inboxKey = house.inboxKey) => {
    const customer = new CustomerSession({
      desk: "http://desk.example",
      inboxKey,
      world,
      memory,
      page: () => ({ url: "https://shop.example/roses", title: "Roses" }),
      keeping: async () => ({ outbox: outbox.open(), tabs: hub.tab() }),
      wires: (settings) => {
        const { api, dial } = wires(settings);
        return { dial, api: { ...forwarded(api), ...change(api) } };
      },
    });
    onTestFinished(() => customer.destroy());
    return customer;
  };
  return { tab, memory, outbox };
}
/** The api is a proxy, of which a spread would take nothing. */
const forwarded = (api: CustomerApi): CustomerApi => ({
  seat: (id) => api.seat(id),
  post: (id, command) => api.post(id, command),
  signal: (...what) => api.signal(...what),
  poll: (...how) => api.poll(...how),
  page: (...how) => api.page(...how),
  session: (open) => api.session(open),
  signOut: () => api.signOut(),
  openConversation: (open) => api.openConversation(open),
});

describe("who a browser is", () => {
  test("the first visit makes a customer, the next one is the same", async () => {
    const { tab } = browser();
    const first = tab();
    expect(first.isKnown).toBe(false);
    await first.open();
    expect([first.state, first.inbox?.organisation, first.isKnown]).toEqual(["open", "Garden & Co", true]);
    const { id } = first.customer!;
    first.destroy();
    const second = tab();
    await second.open();
    expect(second.customer?.id).toBe(id);
    expect(house.desk.customers.size).toBe(1);
  });

  test("a session that ended: the browser begins anew, and says nothing about it", async () => {
    const { tab, memory } = browser();
    await tab().open();
    house.desk.customerSessions.clear();
    const again = tab();
    expect(await again.open()).toBeUndefined();
    expect([again.state, house.desk.customers.size]).toEqual(["open", 2]);
    expect(memory.recall()?.token).toBeDefined();
  });

  test("two tabs that open for the first time at the same moment are one customer", async () => {
    const { tab } = browser();
    const [left, right] = [tab(), tab()];
    await Promise.all([left.open(), right.open()]);
    expect(left.customer?.id).toBe(right.customer?.id);
  });

  test("a wrong inbox key is a refusal in words, and is not tried again", async () => {
    const customer = browser().tab("nobody's");
    expect(await customer.open()).toEqual({ refused: "unknown_inbox" });
    expect([customer.state, customer.error]).toEqual(["failed", { code: "unknown_inbox", say: "This widget's key is not known.", retry: false }]); // prettier-ignore
    await world.clock.pass(60_000);
    expect(customer.state).toBe("failed");
  });

  test("a desk that cannot be reached is tried again by itself", async () => {
    isUp = false;
    const customer = browser().tab();
    expect(await customer.open()).toEqual({ unreachable: true });
    expect([customer.state, customer.error?.retry]).toEqual(["failed", true]);
    isUp = true;
    await world.clock.pass(2000);
    expect(customer.state).toBe("open");
  });

  test("where nothing can be kept, it says so", () => {
    expect(browser(pageMemory()).tab().notice).toBe("storage_blocked");
    expect(browser({ ...pageMemory(), isBlocked: false }).tab().notice).toBeNull();
  });
});

describe("conversations", () => {
  test("[I3] the answer to opening was lost: there is one conversation all the same", async () => {
    let lost = 0;
    const customer = browser(undefined, (api) => ({
      openConversation: async (open) => {
        const answer = await api.openConversation(open);
        return lost++ < 2 ? { unreachable: true } : answer;
      },
    })).tab();
    await customer.open();
    const chat = customer.conversation();
    await chat.sendMessage("hello");
    await world.clock.pass(5000);
    expect([lost, house.desk.conversations.size]).toEqual([3, 1]);
    expect(chat.messages.map(({ kind }) => kind)).toEqual(["opened", "message"]);
  });

  test("the list knows what open ones know: unread, last line, and the one just begun", async () => {
    const customer = browser().tab();
    await customer.open();
    const chat = customer.conversation();
    expect([chat.conversationId, chat.isLoading, customer.conversations]).toEqual([null, false, []]);
    await chat.sendMessage("hello");
    await settled();
    const id = chat.conversationId!;
    await house.room(id).run({ side: "staff", id: "b", name: "Ben", role: "agent" }, { type: "message.send", clientId: crypto.randomUUID(), body: "hi" }); // prettier-ignore
    await settled();
    expect(customer.conversations).toMatchObject([{ id, status: "open", unread: 1, lastLine: "hi" }]);
    expect(customer.unread).toBe(1);
    expect(customer.conversation(id)).toBe(chat);
    const panel = await house.customers.panel(house.orgId, customer.customer!.id);
    expect(panel?.page?.title).toBe("Roses");
  });

  test("without an id it is the one that has been begun, until it is at the desk; then a new one", async () => {
    const customer = browser().tab();
    await customer.open();
    const first = customer.conversation();
    expect(customer.conversation()).toBe(first);
    await first.sendMessage("hello");
    await settled();
    expect(customer.conversation()).not.toBe(first);
  });

  test("all tabs show the same bubbles of the same conversation", async () => {
    const { tab } = browser();
    const [left, right] = [tab(), tab()];
    await left.open();
    await right.open();
    const begun = left.conversation();
    await begun.sendMessage("hello");
    await settled();
    const there = right.conversation(begun.conversationId!);
    await settled();
    isUp = false;
    house.room(begun.conversationId!).breakAll();
    await there.sendMessage("from the other tab");
    await settled();
    const bodies = () => [begun, there].map((chat) => chat.messages.map((line) => ("body" in line ? line.body : "")));
    expect(bodies()).toEqual([
      ["", "hello", "from the other tab"],
      ["", "hello", "from the other tab"],
    ]);
    isUp = true;
    await world.clock.pass(10_000);
    expect(bodies()).toEqual([
      ["", "hello", "from the other tab"],
      ["", "hello", "from the other tab"],
    ]);
    expect(house.desk.conversations.values().next().value?.events).toHaveLength(3);
  });
});

describe("leaving", () => {
  test("[N74] logout forgets token, device and outbox, in every tab", async () => {
    const { tab, memory, outbox } = browser();
    const [left, right] = [tab(), tab()];
    await left.open();
    await right.open();
    const { deviceId } = memory.recall()!;
    isUp = false;
    await left.conversation().sendMessage("secret");
    await left.logout();
    await settled();
    expect([left.state, right.state, left.conversations, right.customer]).toEqual(["idle", "idle", [], null]);
    expect([memory.recall(), await outbox.kept.rows()]).toEqual([undefined, []]);
    isUp = true;
    await right.open();
    expect(memory.recall()!.deviceId).not.toBe(deviceId);
    expect(right.conversation().messages).toEqual([]);
    expect(house.desk.customerSessions.size).toBe(2);
  });

  describe("a session that ends while the page is open", () => {
    const identified = (api: CustomerApi): Partial<CustomerApi> => ({
      session: async (open) => {
        const { identity, ...rest } = open;
        const answer = await api.session(rest);
        if ("refused" in answer || "unreachable" in answer || !identity) return answer;
        const row = (await house.customers.session(answer.token))!;
        const who = { externalId: identity, name: identity, email: null };
        const { session } = await house.customers.identify(row, who, "r");
        return { ...answer, customer: { id: session.customerId, name: session.customerName, verified: true } };
      },
    });

    test("a visitor begins anew by themselves, and what they write next arrives", async () => {
      const customer = browser().tab();
      await customer.open();
      const { id } = customer.customer!;
      house.desk.customerSessions.clear();
      await customer.conversation().sendMessage("Is anybody there?");
      await settled();
      await world.clock.pass(5000);
      expect([customer.state, customer.customer?.id === id]).toEqual(["open", false]);
      expect([...house.desk.conversations.values()].map(({ events }) => events.length)).toEqual([2]);
    });

    test("[N6] a known customer does not become a stranger: the page is told, and may say again who it is", async () => {
      const { tab, outbox } = browser(undefined, identified);
      const customer = tab();
      await customer.open();
      await customer.identify("carl");
      house.desk.customerSessions.clear();
      await customer.conversation().sendMessage("Is anybody there?");
      await settled();
      await world.clock.pass(5000);
      expect([customer.state, customer.error?.code, customer.customer]).toEqual(["failed", "not_signed_in", null]);
      expect(house.desk.customerSessions.size).toBe(0);
      await customer.identify("carl");
      await world.clock.pass(5000);
      expect([customer.state, customer.error, customer.customer?.name]).toEqual(["open", null, "carl"]);
      expect(await outbox.kept.rows(), "what was written is theirs still").toEqual([]);
      expect(house.desk.conversations.size).toBe(1);
    });

    test("[N75] and somebody else who comes then has nothing of theirs", async () => {
      const { tab, outbox } = browser(undefined, identified);
      const customer = tab();
      await customer.open();
      await customer.identify("carl");
      house.desk.customerSessions.clear();
      await customer.conversation().sendMessage("I am Carl");
      await world.clock.pass(5000);
      await customer.identify("dora");
      await world.clock.pass(5000);
      expect([customer.customer?.name, await outbox.kept.rows(), house.desk.conversations.size]).toEqual([
        "dora",
        [],
        0,
      ]);
    });
  });

  test("[N74] logout ends the session at the desk", async () => {
    const customer = browser().tab();
    await customer.open();
    await customer.logout();
    expect(house.desk.customerSessions.size).toBe(0);
  });

  test("[N75] another known person in the same browser has nothing of the one before", async () => {
    let person = 0;
    const { tab, outbox } = browser(undefined, (api) => ({
      session: async (open) => {
        const answer = await api.session(open);
        if ("refused" in answer || "unreachable" in answer || !open.identity) return answer;
        person += 1;
        return { ...answer, customer: { id: open.identity, name: open.identity, verified: true } };
      },
    }));
    const customer = tab();
    await customer.open();
    const chat = customer.conversation();
    expect(await customer.identify("carl")).toBeUndefined();
    expect([customer.customer?.name, customer.conversation()]).toEqual(["carl", chat]);
    isUp = true;
    await chat.sendMessage("I am Carl");
    await settled();
    await customer.identify("dora");
    expect([customer.customer?.name, person, await outbox.kept.rows()]).toEqual(["dora", 2, []]);
    expect(customer.conversation()).not.toBe(chat);
    expect(customer.conversation().messages).toEqual([]);
  });
});
