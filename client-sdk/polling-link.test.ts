import { expect, test } from "vitest";
import type { Frame, Header, Polled } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import type { ConversationApi } from "./desk-api.ts";
import { failed, type Failed } from "./desk-request.ts";
import { wire, type Link } from "./link.ts";
import { pollingDialer } from "./polling-link.ts";
import { manualWorld, settled } from "./testing/manual-world.ts";

const header: Header = { status: "open", assigneeId: null, head: 7, members: [], viewers: [] };
const polled = (frames: readonly Frame[] = []): Polled => ({
  ...{ ok: true, frames, upTo: 7, more: false, header, you: { side: "customer", id: "a" } },
});

async function polling(answers: (Polled | Failed)[], since: () => number | undefined = () => 7) {
  const { clock } = manualWorld();
  const polls: [number, number, number][] = [];
  const signals: [string, unknown][] = [];
  const arrived: (() => void)[] = [];
  const api: ConversationApi = {
    seat: async () => ({ refused: "fault" }),
    post: async (_id, command) =>
      command.type === "conversation.close" ? { refused: "forbidden" } : { ok: true, seq: 8, at: 1, id: "e" },
    signal: (_id, ...what) => {
      signals.push(what);
      return new Promise((resolve) => arrived.push(() => resolve({ ok: true })));
    },
    page: async () => ({ ok: true, lines: [], asOf: 7, more: false }),
    poll: async (_id, ...how) => {
      polls.push(how);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      return answer ?? new Promise(() => undefined);
    },
  };
  const told: [string, unknown][] = [];
  const closed: number[] = [];
  const link = await pollingDialer({ api, clock, conversationId: "c", since }).dial({
    told: (...message) => told.push(message),
    header: () => undefined,
    closed: (code) => closed.push(code),
  });
  return { link: link as Link, clock, polls, told, closed, signals, arrived };
}

test("it tells what a room would: a welcome, frames, and the head as a ping", async () => {
  const { clock, told, polls } = await polling([polled(), polled([]), polled([])]);
  expect(told).toEqual([[wire.welcome, { you: { side: "customer", id: "a" }, head: 7 }]]);
  await clock.pass(300);
  expect(told.slice(1)).toEqual([[wire.frames, []], [wire.ping, { head: 7 }]]); // prettier-ignore
  await clock.pass(900);
  expect(polls, "again and again").toHaveLength(5);
  expect(polls.slice(0, 2)).toEqual([[7, 1, 0], [7, limits.fetchMax, 8]]); // prettier-ignore
});

test("the desk holds a question for less long than a link may be silent", async () => {
  const { clock, polls } = await polling([polled()]);
  await clock.pass(300);
  expect(polls.at(-1)![2] * 1000).toBeLessThan(limits.silenceMaxMs);
});

test("before the first page it asks for the header only, and tells no frames", async () => {
  const { clock, polls, told } = await polling([polled()], () => undefined);
  await clock.pass(300);
  expect(polls).toEqual([[0, 1, 0], [0, 1, 0]]); // prettier-ignore
  expect(told.map(([type]) => type)).toEqual([wire.welcome, wire.ping]);
});

test("a question that nobody answers closes it; once closed it asks no more", async () => {
  const { clock, polls, closed, link } = await polling([polled(), { unreachable: true }]);
  await clock.pass(300);
  expect(closed).toEqual([1006]);
  link.close();
  await clock.pass(10_000);
  expect(polls).toHaveLength(2);
  const other = await polling([polled()]);
  other.link.close();
  await other.clock.pass(10_000);
  expect(other.polls).toHaveLength(1);
});

test("requests go over HTTP and are answered as a room answers them; no answer is no answer", async () => {
  const { link } = await polling([polled(), polled(), { unreachable: true }]);
  expect(await link.request("message.send", { clientId: "k", body: "x" })).toEqual({
    ok: true,
    seq: 8,
    at: 1,
    id: "e",
  });
  expect(await link.request("conversation.close", { clientId: "k" })).toEqual({ ok: false, code: "forbidden" });
  expect(await link.request(wire.page, { limit: 5 })).toMatchObject({ asOf: 7 });
  expect(await link.request(wire.fetch, { since: 3 })).toMatchObject({ upTo: 7 });
  expect(await link.request(wire.fetch, { since: 3 })).toBeUndefined();
});

test("signals go over HTTP one at a time, and of what gathers meanwhile the last of each kind", async () => {
  const { link, signals, arrived } = await polling([polled()]);
  link.signal(wire.typing, { on: true });
  expect(signals).toEqual([[wire.typing, { on: true }]]);
  for (const upTo of [3, 4, 5]) link.signal(wire.delivered, { upTo });
  link.signal(wire.typing, { on: false });
  await settled();
  expect(signals).toHaveLength(1);
  arrived.shift()?.();
  await settled();
  arrived.shift()?.();
  await settled();
  expect(signals.slice(1)).toEqual([[wire.delivered, { upTo: 5 }], [wire.typing, { on: false }]]); // prettier-ignore
  link.signal(wire.read, { upTo: 5 });
  link.close();
  arrived.shift()?.();
  await settled();
  expect(signals, "once closed it says nothing more").toHaveLength(3);
  link.signal(wire.read, { upTo: 6 });
  await settled();
  expect(signals).toHaveLength(3);
});

test("a refusal at the door is the dial's answer", async () => {
  const { link } = await polling([{ refused: "not_found" }]);
  expect(failed(link)).toBe(true);
  await settled();
});
