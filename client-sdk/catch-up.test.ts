import { expect, test } from "vitest";
import { framesFor } from "#core/conversation/visible-to.ts";
import type { ConversationEvent, FetchEvents } from "#protocol/conversation.ts";
import { limits } from "#protocol/limits.ts";
import { CatchUp } from "./catch-up.ts";
import { wire } from "./link.ts";
import { manualWorld, settled } from "./testing/manual-world.ts";
import { Thread } from "./thread.ts";

const by = { side: "staff", id: "ben" } as const;
const log = Array.from({ length: 3000 }, (_, at): ConversationEvent => {
  const seq = at + 1;
  return { type: "message.posted", seq, at: seq, id: `event-${seq}`, by, clientId: `key-${seq}`, body: "" };
});
const frames = framesFor("staff", 0, log);

function catching(answers: (type: string, payload: unknown) => unknown = answer) {
  const { clock } = manualWorld();
  const thread = new Thread();
  const asked: string[] = [];
  const refused: string[] = [];
  const catchUp = new CatchUp({
    thread,
    clock,
    ask: async (type, payload) => {
      asked.push(type === wire.fetch ? `since ${(payload as FetchEvents).since}` : "page");
      return answers(type, payload);
    },
    began: () => undefined,
    caught: () => undefined,
    refused: (code) => refused.push(code),
  });
  const begin = (asOf: number) => thread.begin({ ok: true, lines: [], asOf, more: true });
  return { clock, thread, catchUp, asked, refused, begin };
}

function answer(type: string, payload: unknown) {
  if (type === wire.page) return { ok: true, lines: [], asOf: log.length, more: true };
  const { since } = payload as FetchEvents;
  const some = frames.slice(since, since + limits.fetchMax);
  return { ok: true, frames: some, upTo: since + some.length, more: since + some.length < log.length };
}

test("a head beyond ours is fetched, as often as it takes, and nothing is asked when nothing is missing", async () => {
  const { thread, catchUp, asked, begin } = catching();
  begin(2500);
  catchUp.run();
  expect(asked).toEqual([]);
  thread.inbox.hear(3000);
  catchUp.run();
  catchUp.run();
  await settled();
  expect(asked).toEqual(["since 2500", "since 2700", "since 2900"]);
  expect(thread.inbox.missing).toBe(0);
});

test("further behind than a replay is worth: one page instead", async () => {
  const { thread, catchUp, asked, begin } = catching();
  begin(3000 - limits.replayMax - 1);
  thread.inbox.hear(3000);
  catchUp.run();
  await settled();
  expect([asked, thread.inbox.contiguous]).toEqual([["page"], 3000]);
});

test("the number of the newest may travel ahead of its frame: a moment's patience spares the fetch", async () => {
  const { thread, catchUp, asked, begin, clock } = catching();
  begin(10);
  thread.inbox.hear(11);
  catchUp.soon();
  thread.take([frames[10]!]);
  await clock.pass(1000);
  expect(asked).toEqual([]);
  thread.inbox.hear(12);
  catchUp.soon();
  await clock.pass(250);
  expect(asked).toEqual(["since 11"]);
});

test.each([
  ["no answer", undefined],
  ["the desk is busy", { ok: false, code: "unavailable" }],
  ["something that is no answer", { ok: true }],
])("%s: it asks again in a second", async (_what, bad) => {
  let isBad = true;
  const { catchUp, asked, clock, thread } = catching((type, payload) => (isBad ? bad : answer(type, payload)));
  catchUp.run();
  await settled();
  isBad = false;
  await clock.pass(999);
  expect(asked).toEqual(["page"]);
  await clock.pass(1);
  expect([asked, thread.isEmpty]).toEqual([["page", "page"], false]);
});

test("a refusal for good is told, and not asked again", async () => {
  const { catchUp, asked, refused, clock } = catching(() => ({ ok: false, code: "not_found" }));
  catchUp.run();
  await clock.pass(60_000);
  expect([asked, refused]).toEqual([["page"], ["not_found"]]);
});

test("a reader that lags behind its own head is not asked in a circle", async () => {
  const { thread, catchUp, asked, begin } = catching((_type, payload) => ({
    ok: true,
    frames: [],
    upTo: (payload as FetchEvents).since,
    more: false,
  }));
  begin(5);
  thread.inbox.hear(9);
  catchUp.run();
  await settled();
  expect(asked).toEqual(["since 5"]);
});

test.each([
  ["since 2500", wire.fetch, 2500, 6000],
  ["page", wire.page, 0, 15_000],
] as const)("[DL10] an answer that never comes to %s keeps nobody from asking again", async (...row) => {
  const [question, type, begunAt, withinMs] = row;
  let isLost = true;
  const { thread, catchUp, asked, begin, clock } = catching((asking, payload) =>
    asking === type && isLost ? new Promise(() => undefined) : answer(asking, payload),
  );
  if (begunAt > 0) begin(begunAt);
  thread.inbox.hear(3000);
  catchUp.run();
  await clock.pass(withinMs - 1);
  catchUp.run();
  expect(asked).toEqual([question]);
  isLost = false;
  await clock.pass(1001);
  expect(asked.slice(0, 2)).toEqual([question, question]);
  expect(thread.inbox.missing).toBe(0);
});
