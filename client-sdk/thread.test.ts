import { expect, test } from "vitest";
import { fold } from "#core/conversation/transcript.ts";
import { framesFor } from "#core/conversation/visible-to.ts";
import type { ConversationEvent, Paged } from "#protocol/conversation.ts";
import { Thread } from "./thread.ts";

const by = { side: "staff", id: "ben" } as const;
const said = (seq: number): ConversationEvent => ({
  ...{ type: "message.posted", seq, at: seq, id: `event-${seq}`, by, clientId: `key-${seq}`, body: `${seq}` },
});
const edited = (seq: number, target: number, version = 2): ConversationEvent => ({
  ...{ type: "message.edited", seq, at: seq, id: `event-${seq}`, by, clientId: `key-${seq}`, note: false },
  ...{ messageId: `event-${target}`, version, body: `${target} in version ${version}` },
});
const log = [...Array.from({ length: 10 }, (_, at) => said(at + 1)), edited(11, 4), said(12), edited(13, 9), said(14)];
const frames = framesFor("staff", 0, log);
const page = (asOf: number, before = Infinity, limit = 4): Paged => {
  const lines = fold(
    [],
    log.filter(({ seq }) => seq <= asOf),
  ).filter(({ seq }) => seq < before);
  return { ok: true, lines: lines.slice(-limit), asOf, more: lines.length > limit };
};
const seqs = (thread: Thread) => thread.lines.map(({ seq }) => seq);
const bodies = (thread: Thread) => thread.lines.map((line) => ("body" in line ? line.body : ""));

test("[I6] a page and the frames after it give what a fresh fold gives", () => {
  const thread = new Thread();
  thread.begin(page(10));
  thread.take(frames.slice(10));
  expect(thread.lines).toEqual(fold([], log).slice(6));
  expect(thread.hasOlder).toBe(true);
});

test("[I7] frames that come before the page wait for it", () => {
  const thread = new Thread();
  thread.take(frames.slice(10));
  expect(thread.lines).toEqual([]);
  thread.begin(page(10));
  expect(thread.lines).toEqual(fold([], log).slice(6));
});

test("[CV13] older lines are put before, until there are none", () => {
  const thread = new Thread();
  thread.begin(page(14));
  while (thread.hasOlder) {
    const before = thread.askOlder()!;
    thread.older(page(14, before));
  }
  expect(thread.lines).toEqual(fold([], log));
});

test("[I6] an edit that happens while older lines are on their way is not lost, whichever came first", () => {
  const thread = new Thread();
  thread.begin(page(10));
  const before = thread.askOlder()!;
  const stale = page(10, before);
  thread.take(frames.slice(10));
  thread.older(stale);
  expect(bodies(thread)).toContain("4 in version 2");
  expect(thread.lines).toEqual(fold([], log).slice(2));
});

test("[I7] older lines that were asked for before a snapshot came are not put before it", () => {
  const thread = new Thread();
  thread.begin(page(6));
  const before = thread.askOlder()!;
  thread.inbox.pause();
  thread.begin(page(14));
  thread.older(page(6, before));
  expect(seqs(thread)).toEqual([9, 10, 12, 14]);
});
