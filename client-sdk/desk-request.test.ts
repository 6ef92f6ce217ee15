import { describe, expect, test } from "vitest";
import { isAck } from "./answers.ts";
import { customerApi, staffApi } from "./desk-api.ts";
import { askDesk, type DeskSettings } from "./desk-request.ts";
import { manualWorld } from "./testing/manual-world.ts";

type Sent = { readonly url: string; readonly init: RequestInit };

function asking(answer: Response | (() => Promise<Response>), more: Partial<DeskSettings> = {}) {
  const { clock } = manualWorld();
  const sent: Sent[] = [];
  const ask = askDesk({
    desk: "https://desk.example",
    clock,
    identity: () => ({ authorization: "Bearer secret", "x-roomdesk-device": "device" }),
    credentials: "omit",
    fetch: async (url, init) => {
      sent.push({ url: (url as URL).href, init: init! });
      return typeof answer === "function" ? answer() : answer;
    },
    ...more,
  });
  return { ask, sent, clock };
}
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const ping = { method: "POST", path: "/api/conversations", body: { a: 1 } } as const;

describe("asking the desk", () => {
  test("[N26] who we are travels in headers, never in the address", async () => {
    const { ask, sent } = asking(json({ ok: true }));
    await ask(ping);
    expect(sent[0]).toMatchObject({
      url: "https://desk.example/api/conversations",
      init: {
        credentials: "omit",
        body: '{"a":1}',
        headers: { authorization: "Bearer secret", "x-roomdesk-device": "device" },
      },
    });
    expect(sent[0]!.url).not.toContain("secret");
  });

  test("a session is asked for without the one before", async () => {
    const { ask, sent } = asking(json({ token: "t" }));
    await customerApi(ask).session({ inboxKey: "k", deviceId: "d" });
    expect(sent[0]!.init.headers).not.toHaveProperty("authorization");
  });

  test("a refusal is a value, with what it says about trying again", async () => {
    const { ask } = asking(json({ refused: "too_fast", say: "…", retryInMs: 300 }, 429));
    expect(await ask(ping)).toEqual({ refused: "too_fast", retryInMs: 300 });
  });

  test.each([
    ["no network", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["a proxy's page", new Response("<h1>502 Bad Gateway</h1>", { status: 502 })],
    ["a proxy's JSON", json({ error: "bad gateway" }, 502)],
    ["a refusal nobody knows", json({ refused: "tired" }, 400)],
    ["half an answer", new Response('{"ok":tr')],
    ["a captive portal", new Response("<html>", { status: 200 })],
  ])("%s: nobody has answered", async (_what, answer) => {
    expect(await asking(answer).ask(ping)).toEqual({ unreachable: true });
  });

  test("who does not answer in time is not waited for", async () => {
    const { ask, sent, clock } = asking(
      () => new Promise((_, fail) => sent[0]!.init.signal!.addEventListener("abort", () => fail(new Error("aborted")))),
    );
    const asked = ask({ ...ping, withinMs: 5000 });
    await clock.pass(4999);
    expect(sent[0]!.init.signal!.aborted).toBe(false);
    await clock.pass(1);
    expect(await asked).toEqual({ unreachable: true });
  });

  test("an answer of another shape is none: an ack above all", async () => {
    for (const body of [
      {},
      { ok: true },
      { ok: true, seq: "1", at: 1, id: "x" },
      { ok: true, seq: 0, at: 1, id: "x" },
      [],
    ]) {
      expect(isAck(body)).toBe(false);
      const api = customerApi(asking(json(body)).ask);
      expect(await api.post("c", { type: "conversation.close", clientId: "k" })).toEqual({ unreachable: true });
    }
    expect(isAck(undefined)).toBe(false);
    expect(isAck({ ok: true, seq: 1, at: 1, id: "x" })).toBe(true);
  });

  test("a command is posted by its name with the rest as payload", async () => {
    const { ask, sent } = asking(json({ ok: true, seq: 1, at: 1, id: "x" }));
    await staffApi(ask).post("c", { type: "message.send", clientId: "k", body: "hello" });
    expect(sent[0]!.url).toBe("https://desk.example/api/conversations/c/events");
    expect(sent[0]!.init.body).toBe('{"type":"message.send","payload":{"clientId":"k","body":"hello"}}');
  });
});

describe("a desk that is slow to answer", () => {
  const never = () => new Promise<Response>(() => undefined);

  test("is asked for a seat again after a second and for what may be said twice after two, never for the rest", async () => {
    const { ask, sent, clock } = asking(never);
    const api = customerApi(ask);
    const askedAfter = async (start: () => Promise<unknown>, ms: number) => {
      const before = sent.length;
      void start();
      await clock.pass(ms);
      return sent.length - before;
    };
    const key = { clientId: "c" };
    expect(await askedAfter(() => api.seat("1"), 999)).toBe(1);
    await clock.pass(60_000);
    expect(await askedAfter(() => api.seat("1"), 1000)).toBe(2);
    await clock.pass(60_000);
    expect(await askedAfter(() => staffApi(ask).workspaceSeat(), 1000)).toBe(2);
    await clock.pass(60_000);
    expect(await askedAfter(() => api.seat("1", true), 300)).toBe(2);
    await clock.pass(60_000);
    expect(await askedAfter(() => api.post("1", { type: "message.send", ...key, body: "x" }), 2000)).toBe(2);
    await clock.pass(60_000);
    expect(await askedAfter(() => api.session({ inboxKey: "k", deviceId: "d" }), 9000)).toBe(1);
  });

  test("and answers the second time: that counts", async () => {
    let asked = 0;
    const { ask, clock } = asking(async () => (++asked === 1 ? never() : json({ seat: { name: "from-2" } })));
    const seat = customerApi(ask).seat("1");
    await clock.pass(1000);
    expect(await seat).toEqual({ name: "from-2" });
  });
});
