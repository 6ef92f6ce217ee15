import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { ConversationSession } from "#client-sdk/conversation-session.ts";
import { CustomerSession } from "#client-sdk/customer-session.ts";
import { customerWires, type CustomerWires } from "#client-sdk/customer-wires.ts";
import { pageMemory } from "#client-sdk/device-memory.ts";
import { aloneTab } from "#client-sdk/leader-tab.ts";
import { noSocket } from "#client-sdk/link.ts";
import { memoryOutbox } from "#client-sdk/memory-outbox.ts";
import type { MessageView } from "#client-sdk/view-line.ts";
import { WorkspaceSession } from "#client-sdk/workspace-session.ts";
import type { MemoryConversationLog } from "#core/memory/conversation-log.ts";
import { buildServer, type RunningServer } from "./build.ts";
import { keptLog } from "./testing/http-desk.ts";
import { furnish, memoryPorts, password, type House, type MemoryPorts } from "./testing/memory-ports.ts";

let ports: MemoryPorts;
let house: House;
let server: RunningServer;
beforeEach(async () => {
  ports = memoryPorts();
  house = await furnish(ports, "Garden");
  server = await serve(0);
});
afterEach(() => server.close());

const serve = (port: number) =>
  buildServer(ports, {
    ...{ host: "127.0.0.1", port, publicUrl: undefined, secret: "s".repeat(32), trustedProxies: 0 },
    ...{ clients: "nowhere", nodeId: "test", logger: keptLog().logger },
  });

const keeping = async () => ({ outbox: { ...memoryOutbox(), isPersistent: true }, tabs: aloneTab() });

async function ana(wires: CustomerWires = customerWires) {
  const customer = new CustomerSession({
    desk: server.url,
    inboxKey: house.inbox.key,
    memory: pageMemory(),
    keeping,
    wires,
  });
  onTestFinished(() => customer.destroy());
  expect(await customer.open()).toBeUndefined();
  return customer;
}

/** A browser that keeps the cookie. */
function cookieJar(): typeof fetch {
  let cookie = "";
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    if (cookie) headers.set("cookie", cookie);
    const response = await fetch(input, { ...init, headers });
    cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    return response;
  };
}

async function ben() {
  const desk = new WorkspaceSession({ desk: server.url, keeping, fetch: cookieJar() });
  onTestFinished(() => desk.destroy());
  expect(await desk.start()).toEqual({ refused: "not_signed_in" });
  expect(await desk.signIn({ email: house.people.ben!.email, password })).toBeUndefined();
  return desk;
}

async function talking(wires?: CustomerWires) {
  const customer = await ana(wires);
  const theirs = customer.conversation();
  await theirs.sendMessage("hello");
  await vi.waitFor(() => expect(theirs.conversationId).not.toBeNull());
  const desk = await ben();
  const ours = desk.conversation(theirs.conversationId!);
  await vi.waitFor(() => expect([theirs.connection, ours.connection]).toEqual(["online", "online"]));
  await vi.waitFor(() => expect(texts(ours)).toEqual(["hello"]));
  return { customer, theirs, desk, ours };
}

const messages = (session: ConversationSession) =>
  session.messages.filter((line): line is MessageView => "body" in line);
const texts = (session: ConversationSession) => messages(session).map(({ body }) => body);
const states = (session: ConversationSession) => messages(session).map(({ state }) => state);
const both = (...sessions: ConversationSession[]) => sessions.map(texts);

describe("the client library over real sockets", () => {
  test("a customer and an agent talk: each text once, in one order, with its states", async () => {
    const { theirs, ours } = await talking();
    await ours.sendMessage("good morning");
    await vi.waitFor(() => expect(texts(theirs)).toEqual(["hello", "good morning"]));
    await theirs.sendMessage("my order has not come");
    const all = ["hello", "good morning", "my order has not come"];
    await vi.waitFor(() => expect(both(theirs, ours)).toEqual([all, all]));
    await vi.waitFor(() => expect(states(theirs)).toEqual(["delivered", null, "delivered"]));
    ours.markRead();
    await vi.waitFor(() => expect(states(theirs)).toEqual(["read", null, "read"]));
    expect(ours.unread).toBe(0);
    expect(theirs.unread).toBe(1);
  });

  test("typing, presence, notes and turns", async () => {
    const { theirs, ours } = await talking();
    theirs.sendTypingIndicator();
    await vi.waitFor(() => expect(ours.typingUsers).toHaveLength(1));
    expect(await ours.join()).toHaveProperty("clientId");
    await vi.waitFor(() => expect(theirs.onlineUsers.map(({ name }) => name)).toContain("Ben"));
    await ours.postNote("only for us");
    expect(await ours.close()).toHaveProperty("clientId");
    await vi.waitFor(() => expect([theirs.status, ours.status]).toEqual(["closed", "closed"]));
    expect([texts(theirs), texts(ours)]).toEqual([["hello"], ["hello", "only for us"]]);
    await theirs.sendMessage("too late");
    await vi.waitFor(() =>
      expect(messages(theirs).at(-1)).toMatchObject({ state: "failed", problem: "conversation_closed" }),
    );
  });

  test("edits, deletions and older pages", async () => {
    const { theirs, ours } = await talking();
    for (let count = 1; count <= 50; count++) await theirs.sendMessage(`${count}`);
    await vi.waitFor(() => expect(texts(theirs)).toHaveLength(51));
    await vi.waitFor(() => expect(states(theirs)).not.toContain("sending"));
    await theirs.editMessage(messages(theirs)[0]!.key, "hello!");
    await theirs.deleteMessage(messages(theirs)[1]!.key);
    await vi.waitFor(() => expect(texts(ours).slice(0, 3)).toEqual(["hello!", null, "2"]));
    const again = (await ben()).conversation(theirs.conversationId!);
    await vi.waitFor(() => expect(again.isLoading).toBe(false));
    expect(again.hasOlder).toBe(false);
    expect(texts(again)).toEqual(texts(ours));
  });

  test(
    "[I2] the store goes away and comes back: said in three seconds, and saved once",
    { timeout: 15_000 },
    async () => {
      const { theirs, ours } = await talking();
      const { faults } = ports.log as MemoryConversationLog;
      faults.down = true;
      await theirs.sendMessage("are you there?");
      await vi.waitFor(
        () => expect(messages(theirs).at(-1)).toMatchObject({ state: "kept", late: true, problem: "unavailable" }),
        3500,
      );
      faults.down = false;
      await vi.waitFor(() => expect(texts(ours)).toEqual(["hello", "are you there?"]), 10_000);
    },
  );

  test(
    "[I2] [I8] the node stops and another starts: what was written meanwhile is there once, in order",
    { timeout: 30_000 },
    async () => {
      const { theirs, ours, desk } = await talking();
      const port = Number(new URL(server.url).port);
      await server.close();
      await vi.waitFor(() => expect(theirs.connection).toBe("reconnecting"));
      for (const text of ["one", "two", "three"]) await theirs.sendMessage(text);
      await ours.sendMessage("still here?");
      server = await serve(port);
      await vi.waitFor(() => expect(["back", "online"]).toContain(theirs.connection), 10_000);
      await vi.waitFor(() => expect(texts(theirs)).toHaveLength(5), 10_000);
      await vi.waitFor(() => expect(texts(ours)).toEqual(texts(theirs)), 10_000);
      expect(texts(ours).filter((text) => text !== "still here?")).toEqual(["hello", "one", "two", "three"]);
      await vi.waitFor(() => expect(["back", "online"]).toContain(desk.connection), 10_000);
    },
  );

  test("the inbox is live: rows, counts and views follow the conversation", async () => {
    const { theirs, ours, desk } = await talking();
    await vi.waitFor(() => expect(desk.rows.map((row) => row.lastLine?.text)).toEqual(["hello"]));
    expect(desk.rows[0]).toMatchObject({ unread: 1, status: "open" });
    await theirs.sendMessage("anybody?");
    await vi.waitFor(() => expect(desk.rows[0]?.lastLine?.text).toBe("anybody?"));
    await ours.join();
    await vi.waitFor(() => expect(desk.rows).toEqual([]));
    desk.show("mine");
    await vi.waitFor(() => expect(desk.rows).toHaveLength(1));
    ours.markRead();
    await vi.waitFor(() => expect([desk.rows[0]?.unread, desk.counts?.mine]).toEqual([0, 1]));
  });

  test("[N5] signed out elsewhere: the sockets close, the desk is left, nothing is tried again", async () => {
    const { desk } = await talking();
    const other = await ben();
    await other.signOutEverywhere();
    await vi.waitFor(() => expect([desk.state, desk.error?.code]).toEqual(["signed_out", "not_signed_in"]), 5000);
  });

  test("where WebSockets are blocked it talks over HTTPS", { timeout: 30_000 }, async () => {
    const withoutSockets: CustomerWires = (settings) => {
      const wires = customerWires(settings);
      const blocked = { dial: async () => noSocket, owner: async () => undefined };
      return { ...wires, dial: (id, since) => ({ ...wires.dial(id, since), socket: blocked }) };
    };
    const { theirs, ours } = await talking(withoutSockets);
    await ours.sendMessage("can you hear me?");
    await vi.waitFor(() => expect(texts(theirs)).toEqual(["hello", "can you hear me?"]), 5000);
    await theirs.sendMessage("loud and clear");
    await vi.waitFor(() => expect(texts(ours)).toHaveLength(3));
    expect(messages(theirs).at(-1)!.state).not.toBe("failed");
  });
});
