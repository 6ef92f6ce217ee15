import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { limits } from "#protocol/limits.ts";
import type { Viewer } from "#rooms/door/viewer.ts";
import { call, signIn, visit, type Visitor } from "../testing/calls.ts";
import { httpDesk, type HttpDesk, type HttpDeskSettings } from "../testing/http-desk.ts";
import { furnish, memoryPorts, type House } from "../testing/memory-ports.ts";
import { PlacedNodes } from "../testing/placed-nodes.ts";
import { openForwarding, type Forwarding } from "./forwarding.ts";
import { NodeSeal, sealHeader } from "./node-seal.ts";

const secret = "s".repeat(40);
const patience = { silentMs: 300, slowMs: 900 };
const settingsOfNoUse = { trustedProxies: 0, perAddressMax: 9, isAllowedOrigin: () => false }; // they are for sockets
const ack = { ok: true, seq: 2, at: 1, id: "of-the-owner" } as const;

let ports: ReturnType<typeof memoryPorts>;
let house: House;
let entry: HttpDesk;
let owner: HttpDesk;
let places: PlacedNodes;
let ownersPlaces: PlacedNodes;
let posted: { at: string; viewer: Viewer; payload: unknown }[];
let ana: Visitor;
let id: string;
const forwardings = new Map<string, Forwarding>();
const opened: (() => Promise<unknown>)[] = [];

const node = (nodeId: string, whereabouts: PlacedNodes, settings: HttpDeskSettings = {}) =>
  httpDesk({
    ports,
    between: (log) => {
      const forwarding = openForwarding({ ...{ whereabouts, secret, nodeId, log, patience }, ...settingsOfNoUse });
      forwardings.set(nodeId, forwarding);
      return forwarding.http;
    },
    conversations: {
      post: async (_id, viewer, _type, payload) => {
        posted.push({ at: nodeId, viewer, payload });
        return ack;
      },
    },
    ...settings,
  });

beforeEach(async () => {
  ports = memoryPorts();
  house = await furnish(ports, "Tidewater", ["https://shop.example"]);
  [places, ownersPlaces, posted] = [new PlacedNodes(), new PlacedNodes(), []];
  owner = await node("owner", ownersPlaces);
  entry = await node("entry", places, { trustedProxies: 1 });
  ana = await visit(entry.url, house);
  id = await ana.open();
  places.line = [{ nodeId: "owner", address: owner.url }];
});
afterEach(async () => {
  for (const close of [entry.close, owner.close, ...opened.splice(0)]) await close();
});

const say = (body = "Hello", headers: Record<string, string> = {}) =>
  ana.ask(
    "POST",
    `/api/conversations/${id}/events`,
    { type: "message.send", payload: { clientId: crypto.randomUUID(), body } },
    headers,
  );

/** Somebody at an address, who answers as the test says. */
async function stranger(answer: RequestListener): Promise<{ address: string; server: Server }> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  opened.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function deadAddress(): Promise<string> {
  const { address, server } = await stranger(() => undefined);
  server.close();
  await once(server, "close");
  return address;
}

/** Accepts and never says a word, like a process under SIGSTOP. */
async function frozenAddress(): Promise<string> {
  const server = createTcpServer((socket) => void socket.on("error", () => socket.destroy())).listen(0, "127.0.0.1");
  await once(server, "listening");
  opened.push(async () => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("any node is an entry", () => {
  test("what is posted at one is kept by the owner, and its answer comes back as it is", async () => {
    const answer = await say("Hello");
    expect(answer.as()).toEqual(ack);
    expect(posted).toMatchObject([{ at: "owner", payload: { body: "Hello" } }]);
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("here it is served here, and what has no room is never passed on", async () => {
    places.line = ["here"];
    await say();
    expect(posted.map(({ at }) => at)).toEqual(["entry"]);
    places.line = [{ nodeId: "owner", address: owner.url }];
    places.asked = 0;
    await ana.open();
    await call(entry.url, "GET", "/api/conversations/no-uuid/events?since=0");
    await call(entry.url, "OPTIONS", `/api/conversations/${id}/events`, {
      headers: { origin: "https://shop.example" },
    });
    expect(places.asked).toBe(0);
  });

  test("staff are judged by the owner too: cookie, page and token arrive there", async () => {
    const ben = await signIn(entry.url, "ben@tidewater.example");
    const body = { type: "message.send", payload: { clientId: crypto.randomUUID(), body: "Hi" } };
    const path = `/api/conversations/${id}/events`;
    expect((await ben.ask("POST", path, body, { origin: entry.url })).status).toBe(200);
    expect(posted[0]).toMatchObject({ at: "owner", viewer: { origin: entry.url, person: { name: "Ben" } } });
    expect(await ben.ask("POST", path, body, { origin: "https://evil.example" })).toMatchObject({ status: 403 });
    expect(await ben.ask("POST", path, body, { "x-roomdesk-csrf": "x" })).toMatchObject({ refused: "bad_csrf" });
  });

  test("refusals and the permission to read them are the owner's, unchanged", async () => {
    const origin = { origin: "https://shop.example" };
    for (const headers of [origin, { origin: "https://evil.example" }, { authorization: "Bearer x.y" }]) {
      const direct = await call(owner.url, "GET", `/api/conversations/${id}/page`, { headers });
      const passed = await call(entry.url, "GET", `/api/conversations/${id}/page`, { headers });
      const told = ({ status, text, headers: all }: typeof direct) => ({
        ...{ status, text },
        headers: [...all].filter(([name]) => !["date", "x-request-id", "keep-alive", "connection"].includes(name)),
      });
      expect(told(passed)).toEqual(told(direct));
    }
  });

  test("a text beyond the limit is refused at the entry", async () => {
    expect(await say("x".repeat(limits.frameMaxBytes))).toMatchObject({ refused: "too_large" });
    expect(places.asked).toBe(0);
  });
});

describe("[N77] the client's address", () => {
  test("is the one the entry has seen, for limits and seats at the owner", async () => {
    await say("Hello", { "x-forwarded-for": "203.0.113.9" });
    await say("Hello", { "x-forwarded-for": "198.51.100.1, 2001:db8::7" });
    expect(posted.map(({ viewer }) => viewer.ip)).toEqual(["203.0.113.9", "2001:db8::7"]);
  });

  test("is not believed without a seal: a false one is refused, and told", async () => {
    const url = `/api/conversations/${id}/events`;
    const sealOf = (key: string) => new NodeSeal(key, "entry").seal("owner", "203.0.113.9", { method: "POST", url });
    for (const seal of ["1", "x".repeat(9000), sealOf("another".repeat(9))]) {
      const answer = await call(owner.url, "POST", url, { body: {}, headers: { [sealHeader]: seal } });
      expect([answer.status, answer.text]).toEqual([421, ""]);
    }
    // `fetch` asks once more when it was misdirected.
    expect(owner.logged.filter((line) => line.includes("bad_node_seal"))).toHaveLength(2 * 3);
    expect(posted).toEqual([]);
  });

  test("a sealed request with another body is refused", async () => {
    const url = `/api/conversations/${id}/events`;
    const body = Buffer.from('{"a":1}');
    const seal = () =>
      new NodeSeal(secret, crypto.randomUUID()).seal("owner", "1.2.3.4", { method: "POST", url, body });
    const ask = (raw: string) => call(owner.url, "POST", url, { raw, headers: { [sealHeader]: seal() } });
    expect((await ask('{"a":2}')).status).toBe(421);
    expect((await ask('{"a":1}')).status).toBe(401);
  });
});

describe("nothing is passed on twice", () => {
  test("who is asked by a node serves, wherever the room should be by its own table", async () => {
    ownersPlaces.line = [{ nodeId: "entry", address: entry.url }];
    expect((await say()).status).toBe(200);
    expect([posted.map(({ at }) => at), ownersPlaces.asked]).toEqual([["owner"], 0]);
  });
});

describe("a node that does not answer", () => {
  const gone = () => places.suspected.map(({ nodeId }) => nodeId);

  test("because it is dead is left at once, and the next one serves: sent again, kept once", async () => {
    places.line = [
      { nodeId: "dead", address: await deadAddress() },
      { nodeId: "owner", address: owner.url },
    ];
    expect((await say()).as()).toEqual(ack);
    expect([gone(), posted.length]).toEqual([["dead"], 1]);
    expect(places.suspected[0]?.conversationId).toBe(id);
  });

  test("because it is frozen is left after its time, and not before", async () => {
    places.line = [{ nodeId: "frozen", address: await frozenAddress() }, "here"];
    const began = performance.now();
    expect((await say()).as()).toEqual(ack);
    expect(performance.now() - began).toBeGreaterThan(patience.silentMs - 20);
    expect([gone(), posted.map(({ at }) => at)]).toEqual([["frozen"], ["entry"]]);
  });

  test("because another process has its address by now is left", async () => {
    places.line = [{ nodeId: "who-was-here-before", address: owner.url }, "here"];
    expect((await say()).as()).toEqual(ack);
    expect([gone(), posted.map(({ at }) => at)]).toEqual([["who-was-here-before"], ["entry"]]);
  });

  test("but is awake is slow: it is not left, and the client is told to come again", async () => {
    const { address } = await stranger((req, res) => void (req.url === "/livez" && res.end("{}")));
    places.line = [{ nodeId: "slow", address }];
    const answer = await say();
    expect([answer.status, answer.refused, answer.headers.get("retry-after")]).toEqual([503, "unavailable", "1"]);
    expect(gone()).toEqual([]);
  });

  test("within its time for an answer that is held back on purpose is not left", async () => {
    const { address } = await stranger((_req, res) => void setTimeout(() => res.end('{"late":true}'), 900));
    places.line = [{ nodeId: "holding", address }];
    const answer = await ana.ask("GET", `/api/conversations/${id}/events?since=0&wait=1`);
    expect([answer.text, gone()]).toEqual(['{"late":true}', []]);
  });

  test("three of them, and the client is told to come again", async () => {
    const address = await deadAddress();
    places.line = ["1", "2", "3", "4"].map((nodeId) => ({ nodeId, address }));
    const answer = await say();
    expect([answer.status, answer.refused, answer.headers.get("retry-after")]).toEqual([503, "unavailable", "1"]);
    expect(gone()).toEqual(["1", "2", "3"]);
  });

  test("because it had closed a line that was kept open is asked again, without suspicion", async () => {
    const used = new WeakSet<Socket>();
    const { address } = await stranger((req, res) => {
      if (used.has(req.socket)) {
        req.socket.resetAndDestroy();
        return;
      }
      used.add(req.socket);
      res.end("{}");
    });
    places.line = [{ nodeId: "kept", address }];
    for (let n = 0; n < 4; n += 1) expect((await say()).status).toBe(200);
    expect(gone()).toEqual([]);
  });
});

describe("a room on its way", () => {
  const moving: RequestListener = (_req, res) => {
    res.writeHead(503, { "content-type": "application/json", "retry-after": "1" });
    res.end('{"refused":"moved","say":"…","retryInMs":700}');
  };

  test("is asked for where it has gone", async () => {
    const { address } = await stranger(moving);
    places.line = [{ nodeId: "draining", address }];
    const of = places.of.bind(places);
    places.of = async () => (places.asked > 0 ? { here: false, nodeId: "owner", address: owner.url } : of());
    expect((await say()).as()).toEqual(ack);
    expect([places.suspected, posted.map(({ at }) => at)]).toEqual([[], ["owner"]]);
  });

  test("is waited for by the client when nobody knows where yet", async () => {
    const { address } = await stranger(moving);
    places.line = [{ nodeId: "draining", address }];
    expect(await say()).toMatchObject({ status: 503, refused: "moved" });
    expect(places.suspected).toEqual([]);
  });
});

describe("a node that is leaving", () => {
  const seat = async () => {
    const ben = await signIn(entry.url, "ben@tidewater.example");
    return ben.ask("POST", "/api/workspace/seat", {});
  };

  test("passes the asking for a workspace's seat on, and no sooner", async () => {
    expect([(await seat()).refused, places.asked]).toEqual(["unavailable", 0]); // the rooms of these desks seat nobody
    const { address } = await stranger((_req, res) => void res.end('{"seat":"elsewhere"}'));
    places.line = [{ nodeId: "another", address }];
    forwardings.get("entry")!.beginToLeave();
    expect((await seat()).text).toBe('{"seat":"elsewhere"}');
  });

  test("is not passed back by the next", async () => {
    for (const nodeId of ["entry", "owner"]) forwardings.get(nodeId)!.beginToLeave();
    expect([(await seat()).refused, ownersPlaces.asked]).toEqual(["unavailable", 0]);
  });
});

test("a client that leaves is not waited for: the owner hears of it", async () => {
  const left = vi.fn();
  const { address } = await stranger((req) => void req.once("close", left));
  places.line = [{ nodeId: "holding", address }];
  const abort = new AbortController();
  const asked = fetch(`${entry.url}/api/conversations/${id}/events?since=0&wait=20`, { signal: abort.signal });
  await vi.waitFor(() => expect(places.asked).toBe(1));
  await new Promise((resolve) => setImmediate(resolve));
  abort.abort();
  await expect(asked).rejects.toThrow();
  await vi.waitFor(() => expect(left).toHaveBeenCalled());
  expect(places.suspected).toEqual([]);
});
